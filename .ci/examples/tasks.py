"""Plain functions for a scheduler that calls Python, each one a task.

In Airflow, for instance: ``PythonOperator(task_id="laporan", python_callable=make, op_kwargs=…)``.
``PP39_ROOT`` names the project, or each call is given its folder.
"""

import pp39


def make(unit: str, year: int, quarter: str, project: str | None = None) -> str:
    """Make a report; give its folder, for the task that sends it on."""
    return str(pp39.report(quarter, unit=unit, year=year, project=project).folders.report)


def material(unit: str, year: int, quarter: str, project: str | None = None) -> int:
    """Count what is gravest among the findings of a report that has been made."""
    found = pp39.open_run(quarter, unit=unit, year=year, project=project).findings
    return int((found["tingkat"] == "material").sum())
