"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Named so that tables are `notices_…`."""

    name = "dudao.web.notices"
    label = "notices"

    def ready(self) -> None:
        """Listen to what happens in rounds and to jobs that end."""
        from dudao.web.background.registry import when_finished
        from dudao.web.evaluations.happenings import listen
        from dudao.web.notices.keeping import keep, keep_finished_job
        from dudao.web.notices.robots import tell_robots

        listen(keep)
        listen(tell_robots)
        when_finished(keep_finished_job)
