// The words of the protocol's enums, which all programs share (proto/words), as the pages use them.
import type {
  ActState, AlarmKind, BellReason, CutWay, FileType, FilmState, InterruptCause, ItemKind, ItemState, Language, Layout, LineFinding, LinePicture, LinkState, MediaState, MeetingState, OpinionState, ReadinessStep, AskedEnd, Receipt, Recipient, Refusal, Role,
  RollResult,
  Sign, SourceName, TalkbackAnswer, TalkbackEnd, Tally, TurnClass, TurnState, VoteFault, VoteMethod, VoteRemarkKind, VoteState,
} from "@protocol";
import { WORDS } from "@words";

type Said<Value extends string> = Readonly<Record<Value, string>>;

export interface EnumWords {
  readonly meeting: Said<MeetingState>;
  readonly role: Said<Role>;
  readonly linkState: Said<LinkState>;
  readonly mediaState: Said<MediaState>;
  /** Beside other things that are wrong. */
  readonly media: Said<MediaState>;
  readonly tally: Said<Tally>;
  readonly itemKind: Said<ItemKind>;
  readonly itemState: Said<ItemState>;
  readonly cutWay: Said<CutWay>;
  readonly turnClass: Said<TurnClass>;
  readonly filmState: Said<FilmState>;
  readonly turnState: Said<TurnState>;
  readonly actState: Said<ActState>;
  readonly recipient: Said<Recipient>;
  readonly cause: Said<InterruptCause>;
  readonly talkbackAnswer: Said<TalkbackAnswer>;
  readonly talkbackEnd: Said<TalkbackEnd>;
  readonly askedEnd: Said<AskedEnd>;
  readonly bellReason: Said<BellReason>;
  readonly lineFinding: Said<LineFinding>;
  readonly linePicture: Said<LinePicture>;
  readonly rollResult: Said<RollResult>;
  readonly step: Said<ReadinessStep>;
  readonly fileType: Said<FileType>;
  readonly receipt: Said<Receipt>;
  readonly signName: Said<Sign>;
  /** Where it does not begin a line. */
  readonly signLabel: Said<Sign>;
  readonly alarm: Said<AlarmKind>;
  readonly layout: Said<Layout>;
  readonly source: Said<SourceName>;
  readonly voteState: Said<VoteState>;
  readonly voteMethod: Said<VoteMethod>;
  readonly voteFault: Said<VoteFault>;
  readonly opinionState: Said<OpinionState>;
  readonly voteRemark: Said<VoteRemarkKind>;
  readonly refusal: Said<Refusal>;
}

/** Where they begin a line. */
function capitals<Value extends string>(labels: Said<Value>): Said<Value> {
  return Object.fromEntries(Object.entries<string>(labels)
    .map(([value, label]) => [value, label.charAt(0).toUpperCase() + label.slice(1)])) as Said<Value>;
}

export function enumWords(language: Language): EnumWords {
  const words = WORDS[language];
  return {
    meeting: capitals(words.meeting_state.label),
    role: capitals(words.role.label),
    linkState: words.link_state.label,
    mediaState: words.media_state.label,
    media: words.media_state.sentence,
    tally: words.tally.label,
    itemKind: capitals(words.item_kind.label),
    itemState: words.item_state.label,
    cutWay: capitals(words.cut_way.label),
    turnClass: words.turn_class.label,
    filmState: words.film_state.sentence,
    turnState: words.turn_state.label,
    actState: words.act_state.label,
    recipient: words.recipient.label,
    cause: words.interrupt_cause.label,
    talkbackAnswer: words.talkback_answer.label,
    talkbackEnd: words.talkback_end.label,
    askedEnd: words.asked_end.label,
    bellReason: words.bell_reason.label,
    lineFinding: words.line_finding.label,
    linePicture: words.line_picture.label,
    rollResult: words.roll_result.label,
    step: capitals(words.readiness_step.label),
    fileType: words.file_type.label,
    receipt: words.receipt.label,
    signName: capitals(words.sign.label),
    signLabel: words.sign.label,
    alarm: capitals(words.alarm_kind.label),
    layout: words.layout.label,
    source: words.source_name.label,
    voteState: words.vote_state.label,
    voteMethod: words.vote_method.label,
    voteFault: words.vote_fault.sentence,
    opinionState: words.opinion_state.label,
    voteRemark: words.vote_remark_kind.label,
    refusal: words.refusal.sentence,
  };
}
