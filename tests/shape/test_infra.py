"""What must agree between the files that build and deploy Roteiro, and between them and the product."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.gcloud_lines import commands

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ["chat", "match", "scripts"]
RUNTIME = {"main.py", "requirements.txt", "functions", "shared", "packs", "frontend"}
RECIPES = ["Dockerfile", "cloudbuild.yaml", "infra/compose.yaml", "docs/deploy.md", ".github/workflows/deploy.yml"]
WORKFLOWS = ["ci", "deploy"]


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _all_recipes() -> str:
    return "\n".join(_text(name) for name in RECIPES)


def _yaml(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_text(name))
    return loaded


def _steps() -> dict[str, str]:
    """Give the shell text of each Cloud Build step by its id."""
    return {step["id"]: " ".join(step.get("args", [])) for step in _yaml("cloudbuild.yaml")["steps"]}


def _services() -> dict[str, Any]:
    services: dict[str, Any] = _yaml("infra/compose.yaml")["services"]
    return services


def _deploying(name: str) -> Iterator[str]:
    """Give the gcloud lines of a file that create or change a function."""
    for command in commands(_text(name)):
        if command.startswith(("gcloud run deploy", "gcloud functions deploy")):
            yield command


@pytest.mark.parametrize("name", RECIPES)
def test_every_number_of_threads_and_of_concurrent_requests_is_forty(name: str) -> None:
    threads = re.findall(r"THREADS(?:=|: \"?)(\d+)", _text(name))
    concurrent = re.findall(r"--concurrency=(\d+)", _text(name))

    assert set(threads + concurrent) <= {"40"}


@pytest.mark.parametrize("name", ["cloudbuild.yaml", "docs/deploy.md"])
def test_every_line_that_deploys_a_function_sets_threads_beside_concurrency(name: str) -> None:
    lines = list(_deploying(name))

    assert lines
    assert all("--concurrency=40" in line and "THREADS=40" in line for line in lines)


def test_the_product_serves_as_many_requests_at_once_as_the_recipes_say() -> None:
    settings = _text("shared/roteiro/settings/table.py")

    assert re.search(r'"THREADS", 40,', settings)
    assert "THREADS=40" in _text("Dockerfile")
    assert all(_services()[function]["environment"]["THREADS"] == "40" for function in FUNCTIONS)


def test_one_region_is_named_everywhere() -> None:
    named = re.findall(r"\b(?:southamerica|northamerica|us|europe|asia|australia)-[a-z]+\d\b", _all_recipes())

    assert set(named) == {"southamerica-east1"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_has_an_entry_point_a_service_and_a_line_to_deploy_it(function: str) -> None:
    assert (ROOT / "functions" / function / "main.py").is_file()
    assert _services()[function]["environment"]["FUNCTION_TARGET"] == function
    assert f"deploy roteiro-{function} --gen2" in _text("docs/deploy.md")
    assert f"--entry-point={function} " in _text("docs/deploy.md")


@pytest.mark.parametrize("step", ["deploy-dark", "promote"])
def test_a_release_moves_all_functions_and_no_other(step: str) -> None:
    assert f"for function in {' '.join(FUNCTIONS)};" in _steps()[step]
    assert sorted(path.parent.name for path in (ROOT / "functions").glob("*/main.py")) == FUNCTIONS


def test_what_was_built_once_is_what_is_deployed_loaded_tried_and_promoted() -> None:
    steps = _steps()

    assert list(steps) == ["names", "verify", "previous", "build", "deploy-dark", "load-packs", "smoke", "promote"]
    assert "make check test" in steps["verify"]
    assert all('--image="$$(cat /workspace/image.txt)"' in steps[step] for step in ("deploy-dark", "load-packs"))
    assert "--no-traffic --tag=rel-$_RELEASE" in steps["deploy-dark"]
    assert "--to-tags=rel-$_RELEASE=100" in steps["promote"]


def test_a_release_loads_every_pack_of_the_repository() -> None:
    packs = sorted(f"packs/{path.parent.name}" for path in (ROOT / "packs").glob("*/pack.yaml"))

    in_the_cloud = _yaml("cloudbuild.yaml")["substitutions"]["_PACKS"].split(",")
    on_one_machine = _services()["load"]["command"][4:]

    assert packs
    assert (sorted(in_the_cloud), sorted(on_one_machine)) == (packs, packs)


def test_no_secret_is_used_by_a_version_that_can_change() -> None:
    used = re.findall(
        r"=([a-z-]+):(\w+)(?=,| |\n)", "\n".join(line for name in RECIPES for line in commands(_text(name)))
    )
    secrets = [(name, version) for name, version in used if name in {"mongo-uri", "token-keys", "model-key"}]

    assert {version for _, version in secrets} == {"1"}
    assert _yaml("cloudbuild.yaml")["availableSecrets"]["secretManager"][0]["versionName"].endswith("/versions/1")


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(workflow: str) -> None:
    used = re.findall(r"uses: (.+)", _text(f".github/workflows/{workflow}.yml"))

    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_begins_without_rights_and_holds_no_key(workflow: str) -> None:
    text = _text(f".github/workflows/{workflow}.yml")

    assert yaml.safe_load(text)["permissions"] == {}
    assert not re.search(r"credentials_json|secrets\.", text)


def test_only_the_workflow_that_deploys_may_ask_for_an_identity() -> None:
    rights = {name: _yaml(f".github/workflows/{name}.yml")["jobs"] for name in WORKFLOWS}

    asking = [name for name, jobs in rights.items() if any("id-token" in job["permissions"] for job in jobs.values())]

    assert asking == ["deploy"]


def test_the_workflow_that_deploys_only_submits_the_recipe() -> None:
    lines = commands(_text(".github/workflows/deploy.yml"))

    assert len(lines) == 1
    assert "gcloud builds submit . " in lines[0]
    assert "--config=cloudbuild.yaml --ignore-file=infra/cloudbuild.gcloudignore" in lines[0]


def test_ci_tries_every_supported_python_and_promises_what_it_cannot_skip() -> None:
    jobs = _yaml(".github/workflows/ci.yml")["jobs"]
    oldest = re.search(r'requires-python = ">=(\d\.\d+)"', _text("pyproject.toml"))

    assert oldest
    assert jobs["check"]["strategy"]["matrix"]["python"] == [oldest[1], "3.12", "3.13"]
    assert jobs["check"]["steps"][-1]["run"] == "make check test"
    assert jobs["e2e"]["env"]["ROTEIRO_E2E"] == jobs["stores"]["env"]["ROTEIRO_REQUIRE_MONGO"] == "1"


def test_the_locked_requirements_name_no_folder_and_no_address() -> None:
    lines = [line.strip() for line in _text("requirements.txt").splitlines() if not line.startswith((" ", "#"))]

    packages = [line for line in lines if line]

    assert any(line.startswith("functions-framework==") for line in packages)
    assert all(re.match(r"[A-Za-z0-9._\[\]-]+==[\w.!+]+( ;.*)? \\$", line) for line in packages)
    assert _text("requirements.txt").count("--hash=sha256:") >= len(packages)


@pytest.mark.parametrize(("name", "prefix"), [(".dockerignore", "!"), (".gcloudignore", "!/")])
def test_image_and_upload_take_the_same_files_by_an_allow_list(name: str, prefix: str) -> None:
    lines = [line for line in _text(name).splitlines() if line and not line.startswith("#")]

    allowed = {line.removeprefix(prefix).rstrip("/") for line in lines if line.startswith("!")}

    assert lines[0] in {"*", "/*"}
    assert allowed == RUNTIME


def test_the_image_is_given_every_file_of_the_upload() -> None:
    copied = set(re.findall(r"^COPY (\S+) ", _text("Dockerfile"), flags=re.MULTILINE))

    assert copied >= RUNTIME


@pytest.mark.skipif(not shutil.which("gcloud"), reason="gcloud is not installed: the upload is known by its list alone")
def test_the_upload_of_a_function_holds_the_product_and_nothing_else(tmp_path: Path) -> None:
    command = ["gcloud", "meta", "list-files-for-upload", str(ROOT)]

    listed = subprocess.run(
        command,
        env={"CLOUDSDK_CONFIG": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert {Path(name).parts[0] for name in listed} <= RUNTIME
    assert {"requirements.txt", "packs/seguros/pack.yaml"} <= set(listed)
    assert not [name for name in listed if name.endswith((".pyc", ".db"))]


def test_both_stages_of_the_image_begin_with_the_same_pinned_base() -> None:
    bases = re.findall(r"^FROM (\S+)", _text("Dockerfile"), flags=re.MULTILINE)

    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.12\.\d+-slim-bookworm@sha256:[0-9a-f]{64}", bases[0])


def test_the_image_runs_as_nobody_in_particular_and_is_asked_for_its_health_only() -> None:
    dockerfile = _text("Dockerfile")

    assert "\nUSER 10001:10001\n" in dockerfile
    assert "'/health'" in dockerfile
    assert "/ready'" not in dockerfile
    assert 'CMD ["functions-framework"]' in dockerfile


def test_the_services_of_compose_refer_only_to_what_is_there() -> None:
    compose = _yaml("infra/compose.yaml")

    for service in compose["services"].values():
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        assert {volume.partition(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"])
        assert not service["image"].endswith(":latest")
        assert (ROOT / "infra" / service.get("build", {"context": ".."})["context"] / "Dockerfile").is_file()


def test_the_services_of_compose_are_locked_down_and_listen_on_this_machine_only() -> None:
    services = _services().values()

    ports = [port for service in services for port in service.get("ports", [])]

    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in services)
    assert all("no-new-privileges:true" in service["security_opt"] for service in services)
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_functions_of_compose_wait_for_the_store_and_for_the_packs() -> None:
    for function in [*FUNCTIONS, "app"]:
        waits = _services()[function]["depends_on"]

        assert waits["mongo"]["condition"] == "service_healthy"
        assert waits["load"]["condition"] == "service_completed_successfully"


def test_the_recipes_set_no_variable_that_the_product_does_not_read() -> None:
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', _text("shared/roteiro/settings/table.py")))
    named = set(re.findall(r"\bROTEIRO_[A-Z_]+\b", _all_recipes()))

    assert named <= read


@pytest.mark.parametrize(
    "unproven",
    [
        "digests",
        "read-only root",
        "Provenance",
        "Cold start",
        "--no-traffic",
        "federation",
        "Atlas",
        "canary",
        "Terraform",
    ],
)
def test_the_guide_names_what_only_a_real_project_can_prove(unproven: str) -> None:
    _, _, checklist = _text("docs/deploy.md").partition("## Not proven yet\n")
    lines = [line for line in checklist.splitlines() if line.startswith("- [ ]")]

    assert any(unproven in line for line in lines)


def test_rolling_back_is_the_first_thing_the_guide_explains() -> None:
    headings = re.findall(r"^## (.+)$", _text("docs/deploy.md"), flags=re.MULTILINE)

    assert headings[0] == "Roll back"
