"""What people fill in: a purchase, a search among purchases, the targets of a year."""

from apps.procurement.forms.filters import PurchaseFilter
from apps.procurement.forms.purchase import PurchaseForm
from apps.procurement.forms.targets import TargetsForm

__all__ = ["PurchaseFilter", "PurchaseForm", "TargetsForm"]
