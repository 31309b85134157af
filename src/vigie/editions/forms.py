"""Form of a scheme's file. A form reads; the verb decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vigie.schemes.text import MOST_BYTES


class SchemeForm(forms.Form):
    """A scheme's file, to be checked and put on the record."""

    file = forms.FileField(label=_("The scheme's file"), help_text=_("YAML, at most 1 MB."))

    def clean_file(self) -> tuple[str, bytes]:
        """Give the file's name and bytes; more than the limit is cut one byte over it, and refused when read."""
        file = self.cleaned_data["file"]
        return str(file.name), file.read(MOST_BYTES + 1)
