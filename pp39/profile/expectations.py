"""The expectations of Great Expectations that a check may name, each with its arguments.

The library takes seconds to import, and a profile is checked whenever it is read; a test compares
this list with the library. Left out are expectations that look at more than one table, and
``row_condition``, in whose place a check has ``bila``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

COLUMNS = ("column", "column_A", "column_B", "column_list")
"""Arguments that are names of columns."""


def columns_among(arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the columns among the arguments of an expectation.

    Examples
    --------
    >>> columns_among({"column_A": "pagu", "column_B": "blokir", "or_equal": True})
    ('pagu', 'blokir')
    """
    alone = [str(arguments[name]) for name in COLUMNS[:3] if name in arguments]
    return (*alone, *map(str, arguments.get("column_list", ())))


_BOUNDS = "min_value max_value strict_min strict_max"
_LISTED = """\
ExpectColumnDistinctValuesToBeInSet column value_set
ExpectColumnDistinctValuesToContainSet column value_set
ExpectColumnDistinctValuesToEqualSet column value_set
ExpectColumnKLDivergenceToBeLessThan column partition_object threshold internal_weight_holdout
  tail_weight_holdout bucketize_data min_value max_value
ExpectColumnMaxToBeBetween column BOUNDS
ExpectColumnMeanToBeBetween column BOUNDS
ExpectColumnMedianToBeBetween column BOUNDS
ExpectColumnMinToBeBetween column BOUNDS
ExpectColumnMostCommonValueToBeInSet column value_set ties_okay
ExpectColumnPairValuesAToBeGreaterThanB column_A column_B mostly or_equal ignore_row_if
ExpectColumnPairValuesToBeEqual column_A column_B mostly ignore_row_if
ExpectColumnPairValuesToBeInSet column_A column_B mostly value_pairs_set ignore_row_if
ExpectColumnProportionOfNonNullValuesToBeBetween column BOUNDS
ExpectColumnProportionOfUniqueValuesToBeBetween column BOUNDS
ExpectColumnQuantileValuesToBeBetween column quantile_ranges allow_relative_error
ExpectColumnStdevToBeBetween column BOUNDS
ExpectColumnSumToBeBetween column BOUNDS
ExpectColumnToExist column column_index
ExpectColumnTypeToBe column type_
ExpectColumnUniqueValueCountToBeBetween column BOUNDS
ExpectColumnValueLengthsToBeBetween column mostly BOUNDS
ExpectColumnValueLengthsToEqual column mostly value
ExpectColumnValueZScoresToBeLessThan column mostly threshold double_sided
ExpectColumnValuesToBeBetween column mostly BOUNDS
ExpectColumnValuesToBeDateutilParseable column mostly
ExpectColumnValuesToBeDecreasing column mostly strictly
ExpectColumnValuesToBeInSet column mostly value_set
ExpectColumnValuesToBeInTypeList column mostly type_list
ExpectColumnValuesToBeIncreasing column mostly strictly
ExpectColumnValuesToBeJsonParseable column mostly
ExpectColumnValuesToBeNull column mostly
ExpectColumnValuesToBeOfType column mostly type_
ExpectColumnValuesToBeUnique column mostly
ExpectColumnValuesToMatchJsonSchema column mostly json_schema
ExpectColumnValuesToMatchLikePattern column mostly like_pattern escape
ExpectColumnValuesToMatchLikePatternList column mostly like_pattern_list match_on escape
ExpectColumnValuesToMatchRegex column mostly regex
ExpectColumnValuesToMatchRegexList column mostly regex_list match_on
ExpectColumnValuesToMatchStrftimeFormat column mostly strftime_format
ExpectColumnValuesToNotBeInSet column mostly value_set
ExpectColumnValuesToNotBeNull column mostly
ExpectColumnValuesToNotBeOutliers column mostly method multiplier
ExpectColumnValuesToNotMatchLikePattern column mostly like_pattern escape
ExpectColumnValuesToNotMatchLikePatternList column mostly like_pattern_list escape
ExpectColumnValuesToNotMatchRegex column mostly regex
ExpectColumnValuesToNotMatchRegexList column mostly regex_list
ExpectCompoundColumnsToBeUnique column_list mostly ignore_row_if
ExpectMulticolumnSumToEqual column_list mostly ignore_row_if sum_total
ExpectMulticolumnValuesToBeEqual column_list mostly ignore_row_if
ExpectMulticolumnValuesToBeUnique column mostly column_list ignore_row_if
ExpectSelectColumnValuesToBeUniqueWithinRecord column_list mostly ignore_row_if
ExpectTableColumnCountToBeBetween min_value max_value
ExpectTableColumnCountToEqual value
ExpectTableColumnsToMatchOrderedList column_list
ExpectTableColumnsToMatchSet column_set exact_match
ExpectTableRowCountToBeBetween BOUNDS
ExpectTableRowCountToEqual value
"""
KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(arguments)
        for name, *arguments in map(
            str.split, _LISTED.replace("\n  ", " ").replace("BOUNDS", _BOUNDS).splitlines()
        )
    }
)
"""Name -> its arguments."""

_OF_ROWS = (
    "ExpectColumnValue",
    "ExpectColumnPair",
    "ExpectCompound",
    "ExpectMulti",
    "ExpectSelect",
)


def of_rows(name: str) -> bool:
    """Whether an expectation judges row by row, so that it can say which row fails.

    Examples
    --------
    >>> of_rows("ExpectColumnValuesToBeInSet"), of_rows("ExpectColumnSumToBeBetween")
    (True, False)
    """
    return name.startswith(_OF_ROWS)
