"""A CUPS of the tests' own: its own files, spool and socket, and a printer that does as it is told."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

CUPS = Path("/usr/lib/cups")
DEBIANS_PDF = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")

_PRINTER = """#!/bin/sh
# Prints into a folder; files lying in it are its faults.
[ $# -eq 0 ] && { echo 'direct desk:/ "Desk" "A printer of the tests"'; exit 0; }
out=$(dirname "$(dirname "$(dirname "$0")")")/out
for fault in media-empty cover-open offline; do
  if [ -e "$out/$fault" ]; then
    echo "STATE: +$fault-error" >&2
    while [ -e "$out/$fault" ]; do sleep 0.05; done
    echo "STATE: -$fault-error" >&2
  fi
done
while [ -e "$out/busy" ]; do sleep 0.05; done
[ -e "$out/broken" ] && exit 4
printf '%s\\n' "$5" > "$out/$1.options"
[ -n "$6" ] && exec < "$6"
cat > "$out/$1.part"
if [ "$(head -c 2 "$out/$1.part")" = "%!" ]; then
  gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -sOutputFile="$out/$1.made" "$out/$1.part"
  mv "$out/$1.made" "$out/$1.part"
fi
mv "$out/$1.part" "$out/$1.pdf"
"""

_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "DESK.PPD"
*Manufacturer: "Desk"
*Product: "(Desk)"
*ModelName: "Desk"
*ShortNickName: "Desk"
*NickName: "Desk"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*Throughput: "1"
*TTRasterizer: Type42
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A6/A6: "<</PageSize[298 420]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A6/A6: "<</PageSize[298 420]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A6/A6: "0 0 298 420"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A6/A6: "298 420"
*HWMargins: 0 0 0 0
*MaxMediaWidth: "2000"
*MaxMediaHeight: "2000"
*VariablePaperSize: True
*ParamCustomPageSize Width: 1 points 36 2000
*ParamCustomPageSize Height: 2 points 36 2000
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
*CustomPageSize True: "pop pop pop <</PageSize [5 -2 roll] >> setpagedevice"
*OpenUI *InputSlot/Tray: PickOne
*DefaultInputSlot: Upper
*InputSlot Upper/Upper: ""
*InputSlot Lower/Lower: ""
*CloseUI: *InputSlot
"""

_RULES = """Listen {socket}
Browsing Off
WebInterface No
LogLevel debug
MaxLogSize 0
PreserveJobHistory Yes
ErrorPolicy stop-printer
DefaultAuthType None
<Location />
Order Allow,Deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order Allow,Deny
Allow all
</Limit>
</Policy>
"""

_FILES = """User {user}
Group {group}
SystemGroup {system}
ServerRoot {base}/conf
StateDir {base}/state
ServerBin {base}/bin
CacheDir {base}/cache
RequestRoot {base}/spool
TempDir {base}/spool/temp
AccessLog {base}/log/access
ErrorLog {base}/log/error
PageLog {base}/log/page
"""


def missing() -> str:
    """What this computer lacks to run one, in words; nothing if it has everything."""
    for program in ("cupsd", "lpadmin", "cancel", "gs"):
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
            return f"{program} is not installed (installer/packages-test.txt)"
    return ""


class PrintServer:
    """A cupsd that is started and stopped at will and keeps its jobs in between, with a queue "office"."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="desk-cups-"))  # a socket's path must be short
        self.base.chmod(0o755)  # its printers run as another user
        self.out = self.base / "out"
        self.socket = self.base / "sock"
        self._daemon: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def start(self) -> None:
        """Come up and answer."""
        command = (
            "cupsd",
            "-f",
            "-c",
            self.base / "conf/cupsd.conf",
            "-s",
            self.base / "conf/cups-files.conf",
        )
        path = f"{os.environ['PATH']}:/usr/sbin"
        with (self.base / "log/console").open("wb") as console:
            self._daemon = subprocess.Popen(
                command, stdout=console, stderr=console, env={**os.environ, "PATH": path}
            )
        self._await_answer()

    def stop(self) -> None:
        """Go away as a service does that is stopped."""
        if self._daemon is not None:
            self._daemon.terminate()
            try:
                self._daemon.wait(5)
            except subprocess.TimeoutExpired:
                self._daemon.kill()
                self._daemon.wait()
            self._daemon = None

    def close(self) -> None:
        """Go for good."""
        for fault in ("media-empty", "cover-open", "offline", "busy"):
            self.mend(fault)
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def add(self, queue: str, ppd: Path | None = None) -> None:
        """A queue, for the tests' own printer with two trays if not said otherwise."""
        own = self.base / "desk.ppd"
        own.write_text(_PPD, encoding="ascii")
        self.say("lpadmin", "-p", queue, "-E", "-v", "desk:/", "-D", "Office printer", "-P", str(ppd or own))

    def say(self, *command: str, is_sure: bool = True) -> str:
        """Do something as somebody at this computer would."""
        done = subprocess.run(
            command,
            env={**os.environ, "CUPS_SERVER": str(self.socket), "PATH": f"{os.environ['PATH']}:/usr/sbin"},
            capture_output=True,
            text=True,
            check=is_sure,
            timeout=20,
        )
        return done.stdout

    def fail(self, fault: str) -> None:
        """Let the printer have a fault: media-empty, cover-open, offline, busy or broken."""
        (self.out / fault).touch()

    def mend(self, fault: str) -> None:
        """Put it right again."""
        (self.out / fault).unlink(missing_ok=True)

    def papers(self) -> list[bytes]:
        """What came out, in the order it was asked for."""
        return [file.read_bytes() for file in sorted(self.out.glob("*.pdf"), key=lambda one: int(one.stem))]

    def options(self) -> str:
        """How the last job was to be printed, in the words of CUPS."""
        return max(self.out.glob("*.options"), key=lambda one: int(one.stem)).read_text()

    def complaints(self) -> str:
        """The end of the server's log, for a test that fails."""
        return "\n".join((self.base / "log/error").read_text(errors="replace").splitlines()[-20:])

    def _lay_out(self) -> None:
        is_root = os.getuid() == 0
        user = pwd.getpwnam("lp") if is_root else pwd.getpwuid(os.getuid())
        for folder in ("conf/ppd", "log", "bin/backend", "spool/temp", "cache", "state/certs", "out"):
            (self.base / folder).mkdir(parents=True)
        for folder in ("filter", "daemon", "driver", "monitor", "notifier", "cgi-bin"):
            if (CUPS / folder).exists():
                (self.base / "bin" / folder).symlink_to(CUPS / folder)
        printer = self.base / "bin/backend/desk"
        printer.write_text(_PRINTER, encoding="ascii")
        printer.chmod(0o755)
        if is_root:
            for folder in ("spool", "spool/temp", "cache", "state", "out"):
                os.chown(self.base / folder, user.pw_uid, user.pw_gid)
        self._write_rules(
            user.pw_name, "lp" if is_root else str(user.pw_gid), "root" if is_root else "nogroup"
        )

    def _write_rules(self, user: str, group: str, system: str) -> None:
        (self.base / "conf/cupsd.conf").write_text(_RULES.format(socket=self.socket), encoding="ascii")
        files = _FILES.format(base=self.base, user=user, group=group, system=system)
        (self.base / "conf/cups-files.conf").write_text(files, encoding="ascii")

    def _await_answer(self) -> None:
        assert self._daemon is not None
        deadline = time.monotonic() + 20
        while "is running" not in self.say("lpstat", "-r", is_sure=False):
            assert self._daemon.poll() is None, self.complaints()
            assert time.monotonic() < deadline, self.complaints()
