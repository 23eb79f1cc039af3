internal import Language
internal import Node
internal import Registrar

/// Why a question got no answer.
enum SiteProblem: Error, Hashable {
    case notFound
    case malformed(String)
    case empty
    case tooLarge
    case picture(PaperFault)
    /// As many pictures are being read as may be at once, and as many wait.
    case busy
    case failed

    var status: Int {
        switch self {
        case .notFound: 404
        case .malformed: 422
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
        case .malformed(let reason): Message(.problemMalformed, ["reason": .text(reason)])
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
}
