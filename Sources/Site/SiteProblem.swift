internal import Encoding
internal import Language
internal import Node
internal import Registrar

/// Why a question got no answer.
enum SiteProblem: Error, Hashable {
    case notFound
    /// Nothing at hand gives this answer: why, in a sentence and as a code.
    case unanswerable(Message, reason: String)
    case malformed(String)
    /// It may be one of these; none: nothing is called so.
    case occupation(String, candidates: [String])
    case empty
    case tooLarge
    case picture(PaperFault)
    /// As many questions are being answered as may be at once, and as many wait.
    case busy
    case failed

    init(_ error: any Error) { self = error as? SiteProblem ?? .failed }

    /// What stands where something else was expected, shortened to what a message may show.
    static func wrong(_ member: String, expected: String, found: String) -> SiteProblem {
        let shown = String(
            found.unicodeScalars.prefix(40).map { scalar in
                (0x20..<0x7F).contains(scalar.value) ? Character(scalar) : "?"
            })
        let end = found.unicodeScalars.count > 40 ? "..." : ""
        return .malformed("expected \(expected) at \(member), found \"\(shown)\(end)\"")
    }

    /// Refuses members that nobody described: a misspelt one would be a question of its own.
    static func refuse(
        membersOf object: JSONObject, but known: Set<String>
    ) throws(SiteProblem) {
        for member in object.members where !known.contains(member.name) {
            throw .wrong(
                "the top", expected: "members out of \(known.sorted().joined(separator: ", "))",
                found: member.name)
        }
    }

    var status: Int {
        switch self {
        case .notFound, .unanswerable: 404
        case .malformed, .occupation: 422
        case .empty: 400
        case .tooLarge: 413
        case .picture(.noProgram): 500
        case .picture: 422
        case .busy: 503
        case .failed: 500
        }
    }

    var message: Message {
        switch self {
        case .notFound: Message(.problemNotFound)
        case .unanswerable(let message, _): message
        case .malformed(let reason): Message(.problemMalformed, ["reason": .text(reason)])
        case .occupation(let text, let candidates) where candidates.isEmpty:
            Message(.problemOccupationNone, ["text": .text(text)])
        case .occupation(let text, let candidates):
            Message(
                .problemOccupation,
                [
                    "text": .text(text),
                    "candidates": .list(candidates.map { .occupation($0) }, .comma),
                ])
        case .empty: Message(.problemEmpty)
        case .tooLarge:
            Message(.problemTooLarge, ["limit": .number(Int64(PageRequest.byteLimit))])
        case .picture(.noProgram), .failed: Message(.problemFailed)
        case .picture(.noCode): Message(.problemNoCode)
        case .picture(.link): Message(.problemLink)
        case .picture(.otherCode): Message(.problemOtherCode)
        case .picture(.several): Message(.problemSeveralCodes)
        case .picture(.gaveUp), .picture(.noPicture), .picture(.refused):
            Message(.problemPicture)
        case .busy: Message(.problemBusy)
        }
    }

    /// Why there is no answer, as a code of verdicts.
    var reason: String? {
        if case .unanswerable(_, let reason) = self { reason } else { nil }
    }

    /// Seconds after which asking again may help.
    var retryAfter: Int? { self == .busy ? 2 : nil }
}
