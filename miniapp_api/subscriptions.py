"""What the mini-program asked WeChat's permission for, counted: one consent, one message."""

from delivery.consents import count_consent
from miniapp_api import survey_shapes
from miniapp_api.errors import TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import REPORTER, Call, operation


@operation(
    "POST",
    "/subscriptions",
    who=frozenset({REPORTER}),
    body=survey_shapes.SubscriptionBody,
    answer=survey_shapes.Subscription,
    status=201,
    creates=True,
    refuses=(TooMany,),
)
async def note_consent(call: Call) -> survey_shapes.Subscription:
    body = call.read(survey_shapes.SubscriptionBody)
    await spend(call.session, house=call.house)
    left = await count_consent(
        call.session.person_index, template=body.template, result=body.result, at=call.house.clock.now()
    )
    return survey_shapes.Subscription(template=body.template, left=left)
