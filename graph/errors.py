"""Every error that cancu raises on purpose, in one hierarchy."""

from __future__ import annotations


class CancuError(Exception):
    """Base of all deliberate errors. `remedy` says in one sentence what the user can do."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class SignError(CancuError, ValueError):
    """A text is not a sign (số, ký hiệu) of any known form."""


class IdentifierError(CancuError, ValueError):
    """A text is not a document identifier."""


class RegistryError(CancuError):
    """A registry file is malformed; the message names file and entry."""


class ReadError(CancuError):
    """A file cannot be read as a document; the message names the file and the reason."""


class UnreachedError(ReadError):
    """A file's bytes cannot be had: it is not there, or may not be opened. From another machine it may be."""


class ClusterError(CancuError):
    """A cluster cannot be reached safely, is not fit for the work, or is lost."""


class StoreError(CancuError):
    """The store cannot be opened, read or written."""


class DecisionError(CancuError, ValueError):
    """A decision lacks what its kind needs, or says something that cannot be."""


class UnknownDocumentError(CancuError, LookupError):
    """No document has the identifier or sign asked for."""


class MovedDocumentError(CancuError, LookupError):
    """An identifier was given up; `target` is that of the document that now has its claims."""

    def __init__(self, message: str, target: str, *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.target = target


class AmbiguousSignError(CancuError, LookupError):
    """A sign names several documents; `candidates` holds their identifiers."""

    def __init__(self, message: str, candidates: tuple[str, ...], *, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.candidates = candidates
