"""The shell: the command `hybrooster`."""
