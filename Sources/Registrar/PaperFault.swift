/// Why a page was not drawn, or why a picture gave no certificate.
public enum PaperFault: Hashable, Sendable {
    /// `concord-paper` does not lie beside this program, or cannot be started.
    case noProgram(path: String)
    /// The file takes more time or memory than a picture of a certificate may.
    case gaveUp
    case refused(String)
    /// The bytes begin as no picture that is known here.
    case noPicture
    /// A picture without a code that can be read.
    case noCode(CertificatePicture.Kind)
    /// A code that is a link: a certificate carries itself, and no link is ever opened.
    case link
    case otherCode
    case several(Int)
}

extension PaperFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noProgram(let path):
            "expected concord-paper beside concord at \(path), found none that can be started; "
                + "install both"
        case .gaveUp:
            "concord-paper gave up: the file takes more time or memory than a picture of a "
                + "certificate may"
        case .refused(let reason): reason
        case .noPicture: "expected a picture as PDF, PNG or JPEG, found something else"
        case .noCode(let kind):
            "expected the code of a certificate in the \(kind.rawValue), found none that can be "
                + "read; take the picture straight from above, sharp and close"
        case .link:
            "expected the code of a certificate, found a link, which was not opened; a "
                + "certificate carries itself in its code, and never just a link"
        case .otherCode:
            "expected the code of a certificate, found a code of another kind; a certificate "
                + "carries itself in its code, and never just a link"
        case .several(let count):
            "expected one certificate, found the codes of \(count); give a picture of each by "
                + "itself"
        }
    }
}
