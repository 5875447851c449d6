"""nginx as a service of `wicket serve`."""
import os
import pathlib
import signal
import subprocess
import tempfile
import time

from serve_support import TIMEOUT, unused_port


class Nginx:
    """nginx on a free port, with this inside its server block, and that behind the address to listen on."""

    def __init__(self, inside, listen=""):
        self.folder = tempfile.TemporaryDirectory()
        self.port = unused_port()
        folder = pathlib.Path(self.folder.name)
        folder.chmod(0o755)
        (folder / "www").mkdir()
        self.root = folder / "www"
        (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; client_max_body_size 0;
  server {{ listen 127.0.0.1:{self.port}{listen}; root {folder}/www; {inside} }} }}
""")
        self.command = ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        self.start()

    def start(self):
        folder = pathlib.Path(self.folder.name)
        (folder / "pid").unlink(missing_ok=True)
        self.process = subprocess.Popen(self.command, start_new_session=True, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + TIMEOUT
        while not (folder / "pid").exists() and self.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)

    def __enter__(self):
        return self

    def kill(self):
        """It and its worker, in the middle of what they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(TIMEOUT)

    def __exit__(self, *_):
        self.kill()
        self.folder.cleanup()
