import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry
import Storage
import TransparencyLog

/// `concord publish compromise`: what a key signed from a position on is void.
struct PublishCompromiseCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "compromise",
        abstract: "Say that a key was compromised since an entry of the log.",
        discussion: """
            Whoever granted the key says so: the accreditor for a body, the root for an authority.
            What the log held before that entry stays good; everything the key signed from it on is
            void, and the key signs nothing any more. Give the body a new key with rekey.
              concord publish compromise --holder ph.centre --of centre.key --since 412 \\
                --reason "laptop stolen" --by ph.tesda --key tesda.key --node ./ph
            """)

    @Option(help: "Whose key it is: a body's or an authority's id.")
    var holder: String
    @Option(help: "The key file, or a public key; the private half is not needed.")
    var of: String
    @Option(help: "The first entry that is void if the key signed it.")
    var since: UInt64
    @Option(help: "Why.")
    var reason: String
    @Option(help: "The author's id; default: the root.")
    var by: String?
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let office = try options.office()
        let key = try (try? NoteKey(parsing: of)) ?? PublicKey.read(of)
        guard key.name == holder else {
            throw CommandFailure(
                .notWhatItClaims, "expected a key of \(holder), found one of \(key.name)")
        }
        let origin = office.card.pin.origin
        let size = try office.database.read { snapshot throws(StorageError) in
            try snapshot.log(origin)?.size ?? 0
        }
        guard since < size else {
            throw CommandFailure(
                .inputMissing,
                "expected an entry below \(size), the size of the log, found \(since); to end a key "
                    + "from now on, withdraw its accreditation")
        }
        try await options.publish([
            ActDraft(
                kind: "status-event", author: by ?? office.card.pin.root.name,
                subjects: [holder],
                act: [
                    "event": "compromise",
                    "target": ["key": .string(key.description), "subject": .string(holder)],
                    "sinceIndex": .integer(Int64(since)), "reason": .string(reason),
                ])
        ])
    }
}

/// `concord publish event`: void, suspend or reinstate a stretch of awards.
struct PublishEventCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Void, suspend or reinstate the awards of a body, a site or a period.",
        discussion: """
            Never one certificate: that is what concord revoke and concord suspend are for.
              concord publish event suspend --subject ph.centre --from 2026-01-01 \\
                --until 2026-03-31 --reason "assessor not certified" --by ph.tesda \\
                --key tesda.key --node ./ph
            """)

    @Argument(help: "void, suspend or reinstate.")
    var event: String
    @Option(help: "The body's id.")
    var subject: String
    @Option(help: "Only awards of this site.")
    var site: String?
    @Option(help: "Only awards from this day on.")
    var from: String?
    @Option(help: "Only awards up to this day.")
    var until: String?
    @Option(help: "Why.")
    var reason: String
    @Option(help: "The accreditor's id.")
    var by: String
    @OptionGroup var options: PublishOptions

    func validate() throws {
        guard ["void", "suspend", "reinstate"].contains(event) else {
            throw ValidationError(
                "expected an event out of void, suspend and reinstate, found \(event)")
        }
        for day in [from, until].compactMap({ $0 }) where CalendarDate(parsing: day) == nil {
            throw ValidationError("expected a day as YYYY-MM-DD, found \(day)")
        }
    }

    func perform() async throws {
        var target: JSONObject = ["subject": .string(subject)]
        target["site"] = site.map(JSONValue.string)
        target["from"] = from.map(JSONValue.string)
        target["until"] = until.map(JSONValue.string)
        try await options.publish([
            ActDraft(
                kind: "status-event", author: by, subjects: [subject],
                act: [
                    "event": .string(event), "target": .object(target),
                    "reason": .string(reason),
                ])
        ])
    }
}

/// `concord publish rekey`: a body gets a new key, and its old one ends.
struct PublishRekeyCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Give a body a new key: the same accreditation anew, the old one ends.",
        discussion: """
            The new accreditation says what the old one said, with the new key; the old one ends
            with this day, so that what was issued stays good. Both are published together.
              concord publish rekey --body ph.centre --of new.key --by ph.tesda --key tesda.key \\
                --node ./ph
            """)

    @Option(help: "The body's id.")
    var body: String
    @Option(help: "The new key file; only its public half is published.")
    var of: String
    @Option(help: "Why.")
    var reason = "key changed"
    @Option(help: "The accreditor's id.")
    var by: String
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let office = try options.office()
        let key = try PublicKey.read(of)
        guard key.name == body else {
            throw CommandFailure(
                .notWhatItClaims, "expected a key of \(body), found one of \(key.name)")
        }
        let old = try office.standingAct(
            identity: nil, kind: "accreditation", subject: body, author: by, at: Clock.now)
        guard
            var act = try JSONValue(parsing: Array(old.note.text.utf8)).object?["act"]?.object
        else { throw CommandFailure(.inconsistent, "the standing accreditation does not read") }
        act["key"] = .string(key.description)
        try await options.publish([
            ActDraft(
                kind: "accreditation", author: by, subjects: old.envelope.subjects, act: act),
            ActDraft(
                kind: "withdrawal", author: by, subjects: old.envelope.subjects,
                act: [
                    "act": .string(old.identity.hexadecimal), "reason": .string(reason),
                    // What was awarded today with the old key stays good.
                    "from": .string(Clock.now.day.adding(days: 1).description),
                ]),
        ])
    }
}
