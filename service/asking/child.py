"""The process that answers: loads a region once, then answers question after question about it."""

from __future__ import annotations

import signal
import traceback
from multiprocessing.connection import Connection

from service.asking.messages import Answer, Load, Question, Refused
from solver.explain.asker import Asker
from solver.explain.region import Region
from solver.parallel import end_with_asker


def serve(connection: Connection) -> None:
    """Answer what is asked until nobody asks any more."""
    end_with_asker()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    region: Region | None = None
    while True:
        try:
            asked: Load | Question = connection.recv()
        except EOFError:
            return
        if isinstance(asked, Load):
            region = Region(asked.term, asked.timetable)
        else:
            assert region is not None, "it is told what it is about first"
            connection.send(_answer(region, asked))


def _answer(region: Region, asked: Question) -> Answer:
    asker = Asker(region, asked.reader, asked.lang)
    try:
        return Answer(getattr(asker, asked.asks.value)(**asked.given).model_dump_json())
    except PermissionError:
        return Answer(refused=Refused.NOT_THEIRS)
    except KeyError:
        return Answer(refused=Refused.UNKNOWN, traceback=traceback.format_exc())
    except Exception:  # noqa: BLE001  whatever it is, the one who asked is told and the next question is another
        return Answer(refused=Refused.DEFECT, traceback=traceback.format_exc())
