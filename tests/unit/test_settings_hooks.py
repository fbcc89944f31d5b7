import base64

import pytest

from roteiro.errors import InvalidSetting
from roteiro.settings import HookKey, Secret, read_settings

SECRET = "whsec_" + base64.b64encode(b"n" * 32).decode()
OLD = "whsec_" + base64.b64encode(b"o" * 24).decode()


def problem_of(**environ: str) -> str:
    with pytest.raises(InvalidSetting) as refused:
        read_settings(environ)
    return str(refused.value)


def test_without_any_setting_no_webhook_can_be_signed() -> None:
    settings = read_settings({})

    assert (settings.hook_keys, settings.webhook_hosts) == ((), ())


def test_each_variable_is_a_name_that_scripts_may_say_and_holds_new_and_old() -> None:
    settings = read_settings(
        {"ROTEIRO_HOOK_CRM": f"{SECRET}, {OLD}", "ROTEIRO_HOOK_ERP_2": OLD, "ROTEIRO_HOOK_NO": " "}
    )

    assert settings.hook_keys == (
        HookKey("CRM", (Secret(SECRET), Secret(OLD))),
        HookKey("ERP_2", (Secret(OLD),)),
    )
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    "secret",
    [
        "nx-93af",
        SECRET.removeprefix("whsec_"),
        "whsec_",
        "whsec_ção",
        "whsec_" + base64.b64encode(b"n" * 23).decode(),
        "whsec_" + base64.b64encode(b"n" * 65).decode(),
        f"{SECRET},nx-93af",
        ",",
    ],
)
def test_a_secret_that_is_none_stops_the_start_and_is_not_shown(secret: str) -> None:
    problem = problem_of(ROTEIRO_HOOK_CRM=secret)

    assert problem.startswith("ROTEIRO_HOOK_CRM holds no secret")
    assert "nx-93af" not in problem


@pytest.mark.parametrize("name", ["", "crm", "2CRM", "CRM-1", "A" * 41])
def test_a_name_that_no_script_can_say_stops_the_start(name: str) -> None:
    assert "no name that a script can say" in problem_of(**{f"ROTEIRO_HOOK_{name}": SECRET})


def test_hosts_are_names_with_or_without_a_port() -> None:
    settings = read_settings({"ROTEIRO_WEBHOOK_HOSTS": "crm.example.com, erp.example.com:8443"})

    assert settings.webhook_hosts == ("crm.example.com", "erp.example.com:8443")


@pytest.mark.parametrize(
    "host", ["https://crm.example.com", "crm", "*.example.com", "CRM.example.com", "a.b:", "a.b/c"]
)
def test_what_is_no_host_stops_the_start(host: str) -> None:
    assert host in problem_of(ROTEIRO_WEBHOOK_HOSTS=host)
