"""A draft kept on the server, so that a phone that goes flat loses nothing; one a person, sealed, three days."""

from miniapp_api.draft_shapes import DraftBody, SavedDraft
from miniapp_api.operations import PERSONS, Call, operation
from models.api_draft import ApiDraft
from models.fields import new_id


@operation(
    "POST",
    "/me/draft",
    who=PERSONS,
    body=DraftBody,
    answer=SavedDraft,
    status=201,
    creates=True,
)
async def save_draft(call: Call) -> SavedDraft:
    house, person, at = call.house, call.session.person_index, call.house.clock.now()
    body = call.read(DraftBody)
    draft_id = new_id()
    key, wrapped = house.vault.new_key(place=f"api_draft:{draft_id}:key")
    sealed = key.seal_text(body.model_dump_json(), place=f"api_draft:{draft_id}:body")
    await ApiDraft.filter(person_index=person).delete()
    await ApiDraft.create(
        id=draft_id, person_index=person, data_key=wrapped, sealed_body=sealed, changed_at=at
    )
    return SavedDraft(draft=body, saved_at=at)


@operation("GET", "/me/draft", who=PERSONS, answer=SavedDraft)
async def show_draft(call: Call) -> SavedDraft:
    found = await ApiDraft.get_or_none(person_index=call.session.person_index)
    if found is None:
        return SavedDraft(draft=None, saved_at=None)
    key = call.house.vault.key(found.data_key, place=f"api_draft:{found.id}:key")
    words = key.open_text(bytes(found.sealed_body), place=f"api_draft:{found.id}:body")
    return SavedDraft(draft=DraftBody.model_validate_json(words), saved_at=found.changed_at)


@operation("DELETE", "/me/draft", who=PERSONS, answer=SavedDraft)
async def drop_draft(call: Call) -> SavedDraft:
    await ApiDraft.filter(person_index=call.session.person_index).delete()
    return SavedDraft(draft=None, saved_at=None)
