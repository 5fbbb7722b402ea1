"""PostgreSQL keeps no samples of names and words: they outlived a board that was erased."""

from board.data.migrations import samples

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    samples.none_of("boards", "title", "subtitle", "themes", "teams", "blocked_words", "screens", "notes")
    samples.none_of("sessions", "speakers", "title")
    samples.none_of("posts", "author_name", "author_team", "moderated_by", "owner", "to", "thanks", "digest", "folded")
    samples.none_of("posts", "text", "answer", "answer_translations", "reason", "set_aside", "blocked", "merged_was")
    samples.none_of("tallies", "key")
    samples.none_of("participants", "name", "team")
    samples.none_of("people", "name", "team")
    samples.none_of("links", "name")
    samples.none_of("imports", "name", "data", "answers", "done")
    samples.none_of("undos", "done")
    samples.none_of("hosts", "name")
    samples.none_of("prepared", "author_name", "text")
    samples.none_of("audit", "actor", "detail")
