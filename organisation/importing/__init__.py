"""导入: CSV folders and workbooks into the organisation, all or nothing (contract.md "Import files")."""

from organisation.importing.applying import import_path
from organisation.importing.problems import ImportProblem, ImportRefused
from organisation.importing.summary import ImportSummary

__all__ = ["ImportProblem", "ImportRefused", "ImportSummary", "import_path"]
