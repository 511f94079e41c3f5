// The box that is open, if one is.
import { useStore } from "../../state/store";
import { Approve } from "../approve/approve";
import { Confirm } from "../confirm/confirm";
import { Displays } from "../displays/displays";
import { Documents } from "../documents/documents";
import { EditItem } from "../edit/edit_item";
import { EditMeeting } from "../edit/edit_meeting";
import { EditTurn } from "../edit/edit_turn";
import { Help } from "../help/help";
import { ImportBox } from "../import/import_box";
import { SpeakerBox } from "../lectern/speaker_box";
import { OpinionsBox } from "../opinions/opinions";
import { Past } from "../past/past";
import { WhoIsOn } from "../present/who_is_on";
import { SceneChoice } from "../scene/scene_choice";
import { SiteSearch } from "../site_search/site_search";
import { CountVote } from "../votes/count_vote";
import { NewVote } from "../votes/new_vote";
import { VotesBox } from "../votes/votes_box";

export function Dialogs() {
  const { console, meeting } = useStore();
  const dialog = console.dialog.value;
  const question = console.question.value;
  const approving = console.approving.value;
  const inMeeting = meeting.isKnown.value;
  switch (dialog) {
    case "help":
      return <Help />;
    case "search":
      return inMeeting ? <SiteSearch /> : null;
    case "scene":
      return inMeeting ? <SceneChoice /> : null;
    case "present":
      return <WhoIsOn />;
    case "confirm":
      return question ? <Confirm question={question} /> : null;
    case "approve":
      return inMeeting && approving !== undefined ? <Approve id={approving} /> : null;
    case "documents":
      return inMeeting ? <Documents /> : null;
    case "displays":
      return <Displays />;
    case "tell_speaker":
      return inMeeting ? <SpeakerBox /> : null;
    case "past":
      return <Past />;
    case "edit_turn":
      return inMeeting ? <EditTurn id={console.editedTurn.value} /> : null;
    case "edit_item":
      return inMeeting ? <EditItem id={console.editedItem.value} /> : null;
    case "edit_meeting":
      return inMeeting ? <EditMeeting /> : null;
    case "import":
      return inMeeting ? <ImportBox /> : null;
    case "votes":
      return inMeeting ? <VotesBox /> : null;
    case "opinions":
      return inMeeting ? <OpinionsBox /> : null;
    case "new_vote":
      return inMeeting ? <NewVote /> : null;
    case "count_vote":
      return inMeeting ? <CountVote id={console.countedVote.value} /> : null;
    case undefined:
      return null;
  }
}
