"""JupyterLab on loopback, for the browser tests and the benchmarks."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},  # else what is out of sight is not there
}
OWN = ["JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR"]


def free_port():
    """Return a port of loopback that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def process(*words, **options):
    """Run a program in the background while the block lasts."""
    program = subprocess.Popen([sys.executable, *map(str, words)], **options)
    try:
        yield program
    finally:
        program.terminate()
        program.wait(20)


@contextmanager
def jupyterlab(notebooks, folder):
    """Run JupyterLab on the notebooks, with all that is its own in folder; yield its port and token."""
    (folder / "overrides.json").write_text(json.dumps(SETTINGS))
    port, token = free_port(), secrets.token_hex(8)
    options = {
        "ServerApp.port": port,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": notebooks,
        "IdentityProvider.token": token,
        "LabApp.app_settings_dir": folder,
        "LabApp.expose_app_in_browser": True,
    }
    words = ["-m", "jupyterlab", "--no-browser", "--allow-root", *(f"--{name}={options[name]}" for name in options)]
    own = {name: str(folder / name) for name in OWN}
    with (folder / "log").open("w") as log, process(*words, env=os.environ | own, stdout=log, stderr=log) as server:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={token}", server)
        yield port, token


def wait_for(url, server):
    """Return once a server answers."""
    for _ in range(600):
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {url}")
