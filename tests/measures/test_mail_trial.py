"""Trying mail: which channels send it, what must be published, where bounces go."""

import pytest

from vigie.measures.mail_trial import BadAddress, NoMailChannel, explained, mail_ways, trial

CHANNEL = "mailtos://robot:secret@mail.example?from=vigie@town.example&to={mail}"


def test_the_sender_s_domain_and_the_server_are_read_from_the_channel():
    (way,) = mail_ways(["json://hook/{owner}", CHANNEL])
    assert (way.server, way.sender, way.domain) == ("mail.example", "vigie@town.example", "town.example")


@pytest.mark.parametrize(
    ("channel", "sender"),
    [
        ("mailto://robot@mail.example?to={mail}", "robot@mail.example"),
        ("mailto://desk%40town.example:x@mail.example?to={mail}", "desk@town.example"),
        ("mailto://mail.example?to={mail}", ""),
    ],
)
def test_without_a_sender_the_account_is_taken(channel, sender):
    assert mail_ways([channel])[0].sender == sender


@pytest.mark.parametrize("channels", [[], ["json://x"], ["mailto://u@mail.example?to=all@town.example"]])
def test_without_a_mail_channel_the_way_out_is_said(channels):
    with pytest.raises(NoMailChannel, match="mailtos://"):
        mail_ways(channels)


@pytest.mark.parametrize("address", ["", "desk", "a@b, c@d", "a@b\nBcc: c@d", "<a@b>"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(BadAddress):
        trial(address, home="Town")


def test_spf_dkim_dmarc_and_bounces_are_explained_for_the_sender_s_domain():
    said = "\n".join(explained(mail_ways([CHANNEL])[0]))
    for part in (
        "_domainkey.town.example",
        "_dmarc.town.example",
        "a:mail.example",
        "comes back",
        "vigie@town.example",
    ):
        assert part in said
    assert "secret" not in said
    assert "Nothing was looked up" in said


def test_the_test_of_an_exercise_home_says_so_first():
    assert trial("a@b.example", home="Town", exercise="REPLAY").subject.startswith("REPLAY – ")
