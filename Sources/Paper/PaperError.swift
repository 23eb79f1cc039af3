/// Why a certificate cannot be drawn, or a picture cannot be read.
///
/// Messages name fields, sizes and limits, never what stands on a certificate.
public enum PaperError: Error, Hashable, Sendable {
    // Drawing.
    /// No font of this machine has these letters.
    case missingLetters(field: String, count: Int)
    case doesNotFit(field: String)
    case codeTooLong(characters: Int)
    case drawing(status: String)

    // Reading.
    case pictureTooLarge(limit: Int)
    case tooManyPixels(width: Int, height: Int, limit: Int)
    case notAPicture
    case damaged(kind: String)
    case toolMissing(String)
    case documentUnreadable
    case documentTooSlow(seconds: Int)
}

extension PaperError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingLetters(let field, let count):
            "expected a font for every letter of the \(field), found none for \(count) of them; "
                + "install fonts for its script, such as fonts-noto-core or fonts-noto-cjk"
        case .doesNotFit(let field):
            "expected a certificate that fits on one page, found a \(field) that is too long"
        case .codeTooLong(let characters):
            "expected a code that can be printed at 45 mm, found one of \(characters) characters"
        case .drawing(let status):
            "the page cannot be drawn: \(status)"
        case .pictureTooLarge(let limit):
            "expected a picture of at most \(limit) bytes, found more"
        case .tooManyPixels(let width, let height, let limit):
            "expected a picture of at most \(limit) pixels, found \(width) x \(height)"
        case .notAPicture:
            "expected a PDF, a PNG or a JPEG, found something else"
        case .damaged(let kind):
            "expected a whole \(kind), found one that is cut or damaged"
        case .toolMissing(let name):
            "reading a PDF needs \(name), which is not installed; install poppler-utils"
        case .documentUnreadable:
            "the PDF has no page that can be drawn; it may be damaged or need a password"
        case .documentTooSlow(let seconds):
            "drawing a page of the PDF took more than \(seconds) s and was given up"
        }
    }
}
