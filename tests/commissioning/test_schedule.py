"""What the scheduler starts is there to be started."""

from django.conf import settings

from commissioning.celery import app


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert wanted
    assert wanted - set(app.tasks) == set()


def test_a_killed_worker_s_tasks_come_back_soon_after_the_longest_could_have_ended() -> None:
    visible_again = int(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]))
    limits = [int(getattr(task, "time_limit", None) or 0) for task in app.tasks.values()]
    longest = max(int(settings.CELERY_TASK_TIME_LIMIT), *limits)
    assert longest < visible_again <= longest + 120
