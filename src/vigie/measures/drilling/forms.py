"""The form that calls a contact drill. A form reads; the verb decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.measures.drilling.standing import LEAST, MOST


class DrillForm(forms.Form):
    """A drill of every owner on the list."""

    minutes = forms.IntegerField(
        label=_("To answer within, in minutes"), min_value=LEAST, max_value=MOST, initial=15
    )
    in_quiet_hours = forms.BooleanField(label=_("Also in quiet hours"), required=False)
