public import Cryptography
public import Encoding
internal import Language
public import Registry
internal import TransparencyLog

/// One entry of a log as it stands there.
public struct LoggedText: Sendable {
    public let origin: String
    public let originHash: HashValue
    public let index: UInt64
    public let entry: RegistryEntry
    /// nil while no quorum has seen it.
    public let loggedTime: Timestamp?

    public init(
        origin: String, originHash: HashValue, index: UInt64, entry: RegistryEntry,
        loggedTime: Timestamp?
    ) {
        self.origin = origin
        self.originHash = originHash
        self.index = index
        self.entry = entry
        self.loggedTime = loggedTime
    }
}

extension Page {
    /// One act: what was signed, by whom, where it stands, what became of it, and what its author
    /// said before and after about the same.
    ///
    /// - Parameter standing: nil: it has no effect.
    public static func act(
        _ logged: LoggedText, _ standing: StandingAct?, _ atlas: Atlas, in context: PageContext
    ) -> Page {
        let envelope = logged.entry.envelope
        let log = atlas.logs.first { $0.originHash == logged.originHash }
        let history = (log?.acts ?? []).filter { other in
            let about = other.logged.entry.envelope
            return other.logged.index != logged.index && about.kind == envelope.kind
                && about.author == envelope.author && about.subjects == envelope.subjects
        }
        let state = state(standing, atlas)
        let place = Message(
            .placeEntry, ["entry": .number(logged.index), "origin": .text(logged.origin)])
        let bundle = logged.index / 256
        var main: [HTML] = [
            HTML(
                "p",
                [
                    Mark.tag(context.text(state.message), state.tone), " ",
                    HTML(context.text(place)), " ",
                    standing?.end.map { end in
                        .link(
                            context.href(.act(logged.originHash, end.index)),
                            ["#", HTML("\(end.index)")])
                    } ?? "",
                ]),
            HTML.facts([
                (context.text(.registryKind), [HTML(context.text("kind", envelope.kind))]),
                (
                    context.text(.registryAuthor),
                    [holder(envelope.author, atlas, in: context), " ", .code(envelope.author)]
                ),
                (
                    context.text(.registrySubjects), named(envelope.subjects, atlas, in: context)
                ),
                (
                    context.text(.registryLogged),
                    [
                        logged.loggedTime.map {
                            HTML("span", ["dir": "ltr"], [HTML($0.description)])
                        }
                            ?? "-"
                    ]
                ),
                ("SHA-256", [.code(logged.entry.identity.hexadecimal)]),
                (
                    "C2SP",
                    [
                        .link(
                            "/\(logged.originHash.hexadecimal)/checkpoint", ["checkpoint"]), " ",
                        .code("tile/entries/\(bundle)"),
                    ]
                ),
            ]),
            HTML("h2", [HTML(context.text(.registryAct))]),
            HTML("pre", ["tabindex": "0"], [HTML(readable(logged.entry))]),
            HTML("h2", [HTML(context.text(.registrySignatures))]),
            HTML.list(signatures(of: logged, standing, atlas, in: context)),
        ]
        if !history.isEmpty {
            main.append(HTML("h2", [HTML(context.text(.registryHistory))]))
            main.append(
                HTML.list(
                    history.map { other in
                        let state = Page.state(other, atlas)
                        return HTML(
                            "span",
                            [
                                .link(
                                    context.href(.act(logged.originHash, other.logged.index)),
                                    ["#", HTML("\(other.logged.index)")]), " ",
                                Mark.tag(context.text(state.message), state.tone),
                            ])
                    }))
        }
        return Page(
            title: "\(context.text(.registryAct)) #\(logged.index)", main: main,
            document: document(of: logged, standing, history))
    }

    /// Whose signatures they are; the log took the act because its author's key made one of them.
    private static func signatures(
        of logged: LoggedText, _ standing: StandingAct?, _ atlas: Atlas, in context: PageContext
    ) -> [HTML] {
        let author = logged.entry.envelope.author
        return logged.entry.note.signatures.map { signature in
            let isAuthors = standing != nil && signature.name == author
            let name = atlas.name(of: signature.name, in: context.languages)
            let words = Message(
                isAuthors ? .registrySignatureChecked : .registrySignatureUnknown,
                ["name": .text(name)])
            return HTML(
                "span",
                [HTML(context.text(words)), HTML("pre", ["tabindex": "0"], [HTML(signature.line)])])
        }
    }

    /// What became of an act that holds for a time.
    static func state(
        _ standing: StandingAct, _ period: Period, _ atlas: Atlas
    ) -> (message: Message, tone: String) {
        if standing.end == nil, let until = period.until, until < atlas.day {
            return (Message(.subjectUntilLapsed, ["date": .date(until)]), "bad")
        }
        return state(standing, atlas)
    }

    static func state(
        _ standing: StandingAct?, _ atlas: Atlas
    ) -> (message: Message, tone: String) {
        guard let standing else { return (Message(.registryNoEffect), "unknown") }
        if let end = standing.end {
            return (
                Message(
                    .registryEnded,
                    ["date": .date(end.effective), "entry": .number(end.index)]), "bad"
            )
        }
        return standing.isMandated
            ? (Message(.registryStands), "good") : (Message(.registryAdvice), "mid")
    }

    /// What became of an act, for programs.
    static func standing(of act: StandingAct) -> String {
        act.end != nil ? "ended" : act.isMandated ? "stands" : "advice"
    }

    /// The text that was signed, laid out for people; the bytes stand in the twin.
    private static func readable(_ entry: RegistryEntry) -> String {
        (try? JSONValue(parsing: Array(entry.note.text.utf8)))?.indented ?? entry.note.text
    }

    private static func document(
        of logged: LoggedText, _ standing: StandingAct?, _ history: [StandingAct]
    ) -> JSONValue {
        let envelope = logged.entry.envelope
        var object: JSONObject = [
            "version": 1, "origin": .string(logged.origin),
            "log": .string(logged.originHash.hexadecimal),
            "index": .integer(Int64(clamping: logged.index)),
            "identity": .string(logged.entry.identity.hexadecimal),
            "kind": .string(envelope.kind), "by": .string(envelope.author),
            "subjects": .array(envelope.subjects.map(JSONValue.string)),
            "note": .string(String(decoding: logged.entry.serialized, as: UTF8.self)),
            "history": .array(
                history.map { .string(PageAddress.act(logged.originHash, $0.logged.index).path) }),
        ]
        object["loggedTime"] = logged.loggedTime.map { .string($0.description) }
        if let standing {
            object["standing"] = .string(self.standing(of: standing))
            object["endedBy"] = standing.end.map { .integer(Int64(clamping: $0.index)) }
        }
        return .object(object)
    }
}
