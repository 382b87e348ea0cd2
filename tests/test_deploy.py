"""What `deploy/` and the Dockerfile say fits together, and fits the lab."""

import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from tests.image import ROOT, copied, running, said
from tests.test_package import first_page

DEPLOY = ROOT / "deploy"
UNITS = {"m": 2**20, "Mi": 2**20, "Gi": 2**30}
MOST_TAKEN = re.compile(r"(\d+) MB at most while they are there")
VISITORS = 100


def bytes_of(quantity: str) -> int:
    """Such as 1Gi, or nginx's 256m."""
    number, unit = re.fullmatch(r"(\d+)(\w+)", quantity).groups()  # type: ignore[union-attr]
    return int(number) * UNITS[unit]


def documented() -> set[str]:
    """The variables in the README's table of settings."""
    return set(re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text("utf-8"), re.M))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def caddyfile() -> str:
    return (DEPLOY / "Caddyfile").read_text("utf-8")


@pytest.fixture(scope="module")
def kubernetes() -> dict[str, dict[str, Any]]:
    """Each object, by its kind."""
    found = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))
    by_kind = {one["kind"]: one for one in found}
    assert len(by_kind) == len(found)
    return by_kind


@pytest.fixture(scope="module")
def pod(kubernetes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = kubernetes["Deployment"]["spec"]["template"]["spec"]
    return found


@pytest.fixture(scope="module")
def container(pod: dict[str, Any]) -> dict[str, Any]:
    (found,) = pod["containers"]
    return dict(found)


@pytest.fixture(scope="module")
def variables(container: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in container["env"]}


def test_compose_starts_as_many_servers_as_asked_for_and_the_proxy_finds_them(
    compose: dict[str, Any], caddyfile: str
) -> None:
    lab, proxy = compose["services"]["lab"], compose["services"]["proxy"]
    assert lab["deploy"]["replicas"] == "${LAB_REPLICAS:-1}"
    assert lab["read_only"]
    assert said("EXPOSE") == ["8501"]
    assert "dynamic a lab 8501 {" in caddyfile
    path = lab["environment"]["STREAMLIT_SERVER_BASE_URL_PATH"]
    assert f"reverse_proxy /{path}/*" in caddyfile
    assert f"respond /{path}/status 404" in caddyfile
    assert f"health_uri /{path}/_stcore/health" in caddyfile
    assert proxy["ports"] == ["8080:80"]
    assert "{$LAB_PORT:80}" in caddyfile
    assert {name for name in lab["environment"] if name.startswith("LAB_")} <= documented()


def test_compose_lets_all_servers_share_a_folder_that_their_user_owns(
    compose: dict[str, Any],
) -> None:
    lab = compose["services"]["lab"]
    volume, folder = lab["volumes"][0].split(":")
    assert volume in compose["volumes"]
    assert Path(lab["environment"]["LAB_COLLECTIONS"]).parent == Path(folder)
    (made,) = [line for line in said("RUN") if line.startswith("useradd")]
    assert made.endswith(f"install -d -o {said('USER')[0]} {folder}")


def test_kubernetes_leads_from_the_ingress_to_the_containers(
    kubernetes: dict[str, dict[str, Any]], container: dict[str, Any], variables: dict[str, str]
) -> None:
    spec = kubernetes["Deployment"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"]["matchLabels"] == labels == kubernetes["Service"]["spec"]["selector"]
    (affinity,) = spec["template"]["spec"]["affinity"]["podAffinity"].values()
    assert affinity[0]["labelSelector"]["matchLabels"] == labels
    (port,) = container["ports"]
    assert [str(port["containerPort"])] == said("EXPOSE")
    (entrance,) = kubernetes["Service"]["spec"]["ports"]
    assert entrance["targetPort"] == port["name"]
    (way,) = kubernetes["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert way["path"] == f"/{variables['STREAMLIT_SERVER_BASE_URL_PATH']}"
    service = way["backend"]["service"]
    assert service["name"] == kubernetes["Service"]["metadata"]["name"]
    assert service["port"]["name"] == entrance["name"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = container[probe]["httpGet"]
        assert asked == {"path": f"{way['path']}/_stcore/health", "port": port["name"]}


def test_kubernetes_gives_what_was_measured(
    kubernetes: dict[str, dict[str, Any]], container: dict[str, Any], variables: dict[str, str]
) -> None:
    limits = container["resources"]["limits"]
    measured = MOST_TAKEN.search((ROOT / "docs" / "operations.md").read_text("utf-8"))
    assert measured
    taken = int(measured[1]) * 1_000_000
    assert 1.25 * taken < bytes_of(limits["memory"]) < 3 * taken
    assert f"A hundred visitors took {measured[1]} MB at most" in (
        (DEPLOY / "kubernetes.yaml").read_text("utf-8")
    )
    assert variables["LAB_SLOTS"] == limits["cpu"]
    assert {name for name in variables if name.startswith("LAB_")} <= documented()
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    notes = kubernetes["Ingress"]["metadata"]["annotations"]
    largest = bytes_of(notes["nginx.ingress.kubernetes.io/proxy-body-size"])
    assert largest >= settings["server"]["maxUploadSize"] * 2**20


def test_kubernetes_runs_it_as_the_user_of_the_image_with_a_folder_for_all(
    kubernetes: dict[str, dict[str, Any]],
    pod: dict[str, Any],
    container: dict[str, Any],
    variables: dict[str, str],
) -> None:
    (made,) = [line for line in said("RUN") if line.startswith("useradd")]
    user = pod["securityContext"]["runAsUser"]
    assert f"--uid {user} {said('USER')[0]}" in made
    assert pod["securityContext"]["fsGroup"] == user
    assert container["securityContext"]["readOnlyRootFilesystem"]
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    assert mounts.keys() == volumes.keys()
    assert mounts["tmp"] == "/tmp"
    assert Path(variables["LAB_COLLECTIONS"]).parent == Path(mounts["shared"])
    claim = volumes["shared"]["persistentVolumeClaim"]["claimName"]
    assert claim == kubernetes["PersistentVolumeClaim"]["metadata"]["name"]


def test_all_lead_a_browser_to_its_server_by_the_same_cookie(
    kubernetes: dict[str, dict[str, Any]], caddyfile: str
) -> None:
    (name,) = re.findall(r"lb_policy cookie (\w+)", caddyfile)
    notes = {
        **kubernetes["Service"]["metadata"]["annotations"],
        **kubernetes["Ingress"]["metadata"]["annotations"],
    }
    assert notes["traefik.ingress.kubernetes.io/service.sticky.cookie"] == "true"
    assert notes["traefik.ingress.kubernetes.io/service.sticky.cookie.name"] == name
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert notes["nginx.ingress.kubernetes.io/session-cookie-name"] == name


def test_what_the_image_copies_serves_pages_and_writes_nothing() -> None:
    """With the packages of the tests; `python -m tests.image` installs the image's own."""
    with TemporaryDirectory() as folder:  # below no folder that is this user's alone
        image = copied(Path(folder))
        before = sorted(image.app.rglob("*"))
        with running(image) as address:
            kinds = [message.WhichOneof("type") for message in first_page(address)]
            assert kinds[-1] == "script_finished"
            assert "navigation" in kinds
        assert sorted(image.app.rglob("*")) == before
