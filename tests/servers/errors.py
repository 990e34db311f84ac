"""Why a server is not to be had; each message is one sentence that says what to do."""


class ServerError(Exception):
    """It did not start, or could not be fetched or built."""


class ServerMissing(ServerError):
    """This machine lacks a program to run or build it with."""
