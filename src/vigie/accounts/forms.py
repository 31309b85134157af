"""Forms of the sign-in page, of offices, and of those who come by a link or a code. A form reads; the verbs decide."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from vigie.accounts.models import Office
from vigie.accounts.queries import sign_ins
from vigie.accounts.rights import ROLES
from vigie.ui.templatetags.ui import said_state


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password; no promise of a reset by mail, since no mail of an officer is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)  # the label says it


class _Moment(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class _Ticks(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class OfficeForm(forms.Form):
    """An office: its id for good, its title and roles as they are now."""

    office = forms.SlugField(
        label=_("Short name"),
        max_length=63,
        help_text=_(
            "Small letters, digits and hyphens, such as duty-night. It stands in every entry and never changes."
        ),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    roles = _Ticks(label=_("Roles"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role, said_state(role)) for role in ROLES]  # type: ignore[attr-defined]


class _TermForm(forms.Form):
    """From when to when."""

    since = _Moment(label=_("From"))
    until = _Moment(label=_("Until"), required=False, help_text=_("Leave empty for «until further notice»."))


class GiveForm(_TermForm):
    """An office for somebody who signs in already."""

    person = forms.ChoiceField(label=_("Person"))
    field_order = ("person", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person, f"{name} ({person})") for person, name in sign_ins().items()]
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class InviteForm(_TermForm):
    """An office for somebody who does not sign in yet."""


class DeputiesForm(forms.Form):
    """Which offices stand in."""

    deputies = _Ticks(label=_("Offices that stand in for it"), required=False)

    def __init__(self, *args: Any, others: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputies"].choices = [(o.id, o.title) for o in others]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class VouchForm(ReasonForm):
    """Whom one vouches for."""

    person = forms.ChoiceField(label=_("Person"))
    field_order = ("person", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person, f"{name} ({person})") for person, name in sign_ins().items()]
        self.fields["person"].choices = people  # type: ignore[attr-defined]


class PagerForm(forms.Form):
    """Where one is paged."""

    address = forms.CharField(
        label=_("Mail address or telephone number"),
        max_length=254,
        required=False,
        help_text=_("Such as duty@example.org or +33612345678. Leave it empty to be paged no more."),
    )


class _CredentialsForm(forms.Form):
    """A sign-in name and a new password, twice."""

    name = forms.CharField(
        label=_("Sign-in name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, not one of the common ones."),
    )
    again = forms.CharField(
        label=_("The password again"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Long enough, and not among those everybody uses."""
        given = str(self.cleaned_data["password"])
        validate_password(given)
        return given

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        given = super().clean() or {}
        if "password" in given and given.get("again") != given["password"]:
            self.add_error("again", _("The two passwords differ."))
        return given


class ArrivalForm(_CredentialsForm):
    """Somebody who was invited chooses how they sign in."""

    def clean_name(self) -> str:
        """A name that is free, in letters that a sign-in page takes."""
        users = get_user_model()
        given = users.normalize_username(str(self.cleaned_data["name"]))
        users.username_validator(given)
        if users.objects.filter(username__iexact=given).exists():
            raise forms.ValidationError(_("This sign-in name is in use. Choose another."))
        return given


class BackForm(_CredentialsForm):
    """Somebody whom two others vouched for comes back with the code they were handed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Five groups of five, as you were handed it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("name", "code", "password", "again")
