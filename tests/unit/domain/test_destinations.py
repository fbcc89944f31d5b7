import pytest

from roteiro.domain.destinations import AS_WRITTEN, Reach, check_addresses, destination_of, is_public
from roteiro.domain.faults import OwnFault

ANYWHERE = Reach()
LISTED = Reach(("crm.example.com", "crm.example.com:8443"))
LOCAL = Reach(is_local=True)


def fault_of(url: str, reach: Reach = ANYWHERE) -> str:
    with pytest.raises(OwnFault) as refused:
        destination_of(url, reach)
    return refused.value.code


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "authority"),
    [
        ("https://crm.example.com", "crm.example.com", 443, "/", "crm.example.com"),
        ("https://crm.example.com/hook?a=1&b=%20", "crm.example.com", 443, "/hook?a=1&b=%20", "crm.example.com"),
        ("https://CRM.Example.COM:443/Hook", "crm.example.com", 443, "/Hook", "crm.example.com"),
        ("https://xn--seguros-8xa.com.br/", "xn--seguros-8xa.com.br", 443, "/", "xn--seguros-8xa.com.br"),
        ("HTTPS://a.b-c.io:/x", "a.b-c.io", 443, "/x", "a.b-c.io"),
    ],
)
def test_a_public_name_over_https_is_a_destination(url: str, host: str, port: int, target: str, authority: str) -> None:
    found = destination_of(url, ANYWHERE)

    assert found == (True, host, port, target)
    assert found.authority == authority


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://crm.example.com/", "hook_scheme"),
        ("ftp://crm.example.com/", "hook_scheme"),
        ("file:///etc/passwd", "hook_form"),
        ("https:crm.example.com", "hook_form"),
        ("//crm.example.com/", "hook_scheme"),
        ("", "hook_form"),
        ("https://", "hook_form"),
        ("https:///hook", "hook_form"),
        ("https://crm.example.com/#part", "hook_form"),
        ("https://crm.example.com/a b", "hook_form"),
        ("https://crm.example.com\\@evil.example/", "hook_form"),
        ("https://crm.example.com\t/", "hook_form"),
        ("https://crm.example.com:port/", "hook_form"),
        ("https://crm.example.com:99999/", "hook_form"),
        ("https://[::1/", "hook_form"),
        ("https://ana:segredo@crm.example.com/", "hook_user_info"),
        ("https://@crm.example.com/", "hook_user_info"),
        ("https://crm.example.com:8443/", "hook_port"),
        ("https://crm.example.com:80/", "hook_port"),
        ("https://crm.example.com:0/", "hook_port"),
        ("https://crm/", "hook_host"),
        ("https://localhost/", "hook_host"),
        ("https://crm.example.com./", "hook_host"),
        ("https://-crm.example.com/", "hook_host"),
        ("https://crm..example.com/", "hook_host"),
        ("https://crm_1.example.com/", "hook_host"),
        (f"https://{'a' * 64}.example.com/", "hook_host"),
        (f"https://{'a.' * 130}com/", "hook_host"),
        ("https://crm.example.1com/", "hook_host"),
        (f"https://crm.example.com/{'a' * 2000}", "hook_form"),
    ],
)
def test_an_address_that_breaks_a_rule_is_refused_by_that_rule(url: str, code: str) -> None:
    assert fault_of(url) == code


@pytest.mark.parametrize("url", ["https://crm.example.com/", "https://crm.example.com:8443/"])
def test_what_is_on_the_list_is_allowed_with_its_port(url: str) -> None:
    assert destination_of(url, LISTED).host == "crm.example.com"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.example.com/", "hook_not_listed"),
        ("https://evil-crm.example.com/", "hook_not_listed"),
        ("https://crm.example.com.evil.io/", "hook_not_listed"),
        ("https://crm.example.com:9443/", "hook_port"),
    ],
)
def test_beside_a_list_nothing_else_is_allowed(url: str, code: str) -> None:
    assert fault_of(url, LISTED) == code


@pytest.mark.parametrize(
    ("url", "port", "authority"),
    [
        ("http://localhost/x", 80, "localhost"),
        ("http://127.0.0.1:9000/x", 9000, "127.0.0.1:9000"),
        ("http://[::1]:9000/x", 9000, "[::1]:9000"),
    ],
)
def test_a_local_run_may_tell_its_own_machine_without_tls(url: str, port: int, authority: str) -> None:
    found = destination_of(url, LOCAL)

    assert (found.is_secure, found.port, found.authority) == (False, port, authority)
    assert fault_of(url) == "hook_scheme"


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://127.0.0.2/", "http://localhost.evil.io/"])
def test_a_local_run_tells_no_other_machine_without_tls(url: str) -> None:
    assert fault_of(url, LOCAL) == "hook_scheme"


def test_a_script_may_be_saved_with_any_port_because_lists_belong_to_deployments() -> None:
    assert destination_of("https://crm.example.com:8443/", AS_WRITTEN).port == 8443


CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.8.9.1 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1
239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8
64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:53aa:64c::1 2001:db8::1 2002:7f00:1:: 2002:808:808::
3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 localhost 127.1 0x7f000001
""".split()


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_of_the_public_internet_is_recognised_in_every_disguise(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    "1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 223.255.255.255 "
    "2606:4700::1111 2a00:1450:4001::1 2001:4860:4860::8888 2001:200::1".split(),
)
def test_an_address_of_the_public_internet_is_recognised(address: str) -> None:
    assert is_public(address)


def test_one_closed_address_among_many_is_enough_to_refuse() -> None:
    destination = destination_of("https://crm.example.com/", ANYWHERE)
    check_addresses(destination, ["8.8.8.8", "2606:4700::1111"])

    with pytest.raises(OwnFault, match="hook_address"):
        check_addresses(destination, ["8.8.8.8", "10.0.0.1"])


def test_this_machine_is_only_itself() -> None:
    destination = destination_of("http://localhost:9000/", LOCAL)
    check_addresses(destination, ["127.0.0.1", "::1"])

    with pytest.raises(OwnFault, match="hook_address"):
        check_addresses(destination, ["127.0.0.1", "10.0.0.1"])
