"""Problems: every error of the tree is one, and none says more than it may."""

import logging

import pytest
from sqlalchemy.exc import OperationalError

from privacy import errors
from serving.problems import INTERNAL, PROBLEMS, TYPES, problem_of

CANARY = "mia.lang@example.org"


def tree(root: type[errors.PrivacyError]) -> list[type[errors.PrivacyError]]:
    return [root, *(each for child in root.__subclasses__() for each in tree(child))]


def test_every_error_of_the_tree_is_a_problem() -> None:
    assert set(tree(errors.PrivacyError)) == set(PROBLEMS)


def test_every_kind_of_problem_has_its_own_slug_and_says_what_to_do() -> None:
    kinds = {id(kind): kind for kind in [*PROBLEMS.values(), *TYPES.values()]}
    assert len({kind.slug for kind in kinds.values()}) == len(kinds)
    assert all(kind.advice.endswith(".") for kind in kinds.values())
    assert all(400 <= kind.status < 600 for kind in kinds.values())


def test_what_is_the_callers_to_mend_is_said() -> None:
    problem = problem_of(errors.ConsentMissing("nothing permits marketing"))
    assert problem.as_json() == {
        "type": "/problems/consent-missing",
        "title": "No consent or legal basis covers this purpose",
        "status": 403,
        "detail": "nothing permits marketing",
    }


def test_an_erased_person_reads_like_one_who_never_was() -> None:
    assert problem_of(errors.KeyDestroyed("the data key of c_1 is gone")) == problem_of(
        errors.NotFound("there is no such customer")
    )


@pytest.mark.parametrize(
    "error",
    [
        ValueError(CANARY),
        errors.Tampered(CANARY),
        errors.ConfigurationError(CANARY),
        KeyError(CANARY),
    ],
)
def test_what_is_ours_to_mend_is_told_under_a_reference_only(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        problem = problem_of(error)

    assert problem.kind is INTERNAL
    assert CANARY not in str(problem.as_json()) + problem.as_sentence()
    assert CANARY not in caplog.text
    assert str(problem.instance) in caplog.text
    assert type(error).__name__ in caplog.text


def test_a_locked_store_is_a_matter_of_trying_again() -> None:
    problem = problem_of(OperationalError("select 1", {}, Exception("database is locked")))
    assert (problem.kind.status, problem.kind.retry_after_seconds) == (503, 5)
