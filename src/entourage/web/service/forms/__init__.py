"""What one fills in about the service."""

from entourage.web.service.forms.departments import AwayForm, DepartmentForm, HolidayForm, NewDepartmentForm, SeatForm
from entourage.web.service.forms.promises import TargetForm
from entourage.web.service.forms.rules import RuleForm

__all__ = ["AwayForm", "DepartmentForm", "HolidayForm", "NewDepartmentForm", "RuleForm", "SeatForm", "TargetForm"]
