"""`python -m cobijo` is the `cobijo` command."""

from cobijo.cli import main

if __name__ == "__main__":
    main()
