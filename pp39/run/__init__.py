"""The run: where its files are, which steps it has, how a notebook is executed and published."""
