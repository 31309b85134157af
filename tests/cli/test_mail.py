"""`vigie mail test`: refused where there is no channel, and told what a server said where there is one."""


def test_without_a_channel_the_way_out_is_one_sentence(vigie, made):
    done = vigie("mail", "test", "desk@town.example", "--home", made)
    assert (done.code, done.out) == (2, "")
    assert "mailtos://" in done.err


def test_a_server_that_is_down_is_said_and_the_rest_is_explained(vigie, made):
    file = made / "vigie.toml"
    channel = "mailto://127.0.0.1:9?from=vigie@town.example&to={mail}"
    file.write_text(file.read_text() + f'\n[send]\nchannels = ["{channel}"]\n')
    done = vigie("mail", "test", "desk@town.example", "--home", made)
    assert done.code == 1
    assert "NOT taken." in done.out
    assert "_dmarc.town.example" in done.out
    done = vigie("mail", "test", "no-address", "--home", made)
    assert done.code == 2
    assert "no mail address" in done.err
