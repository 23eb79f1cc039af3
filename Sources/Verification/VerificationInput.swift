public import Credentials
import Encoding

/// What somebody hands over to be judged: presentations, or a dossier.
public enum VerificationInput: Sendable {
    /// One credential or presentation, or several that were presented together.
    case presentations([CredentialFile])
    case dossier(Dossier)

    /// The words between the marks of a presentation as text.
    public static let textLabel = "CONCORD PRESENTATION"
    static let byteLimit = 6 << 20

    /// Reads a dossier, a presentation file, a credential file or an SD-JWT, or one of the
    /// last three as text between marks or as the text of a code.
    public init(parsing bytes: [UInt8]) throws(VerificationError) {
        if FileCode.isClaimed(by: bytes) {
            let code: FileCode
            do throws(CredentialError) { code = try FileCode(parsing: bytes) } catch {
                throw .credential(error)
            }
            try self.init(content: code.bytes)
            return
        }
        guard ArmoredText.isArmored(bytes, label: VerificationInput.textLabel) else {
            try self.init(content: bytes)
            return
        }
        guard bytes.count <= VerificationInput.byteLimit,
            let content = ArmoredText.decode(bytes, label: VerificationInput.textLabel)
        else { throw .text }
        try self.init(content: content)
    }

    private init(content bytes: [UInt8]) throws(VerificationError) {
        let limits = JSONLimits(size: max(Dossier.byteLimit, PresentationFile.sizeLimit), depth: 12)
        let type = (try? JSONValue(parsing: bytes, limits: limits))?.object?["type"]?.string
        switch type {
        case Dossier.type: self = .dossier(try Dossier(parsing: bytes))
        case PresentationFile.type:
            do throws(CredentialError) {
                self = .presentations(try PresentationFile(parsing: bytes).files)
            } catch { throw .credential(error) }
        default:
            do throws(CredentialError) {
                self = .presentations([try CredentialFile(parsing: bytes)])
            } catch { throw .credential(error) }
        }
    }

    /// The presentations in it.
    public var files: [CredentialFile] {
        switch self {
        case .presentations(let files): files
        case .dossier(let dossier): [dossier.presentation]
        }
    }

    /// Those that are judged, by their places among `files`: the awards, or all where there is
    /// none. The others are documents beside them.
    public var judged: [Int] {
        let awards = files.indices.filter { index in
            guard let content = try? IssuedCredential(parsing: files[index].credential) else {
                // What does not read is judged, or it would be passed over in silence.
                return true
            }
            return content.isAward
        }
        return awards.isEmpty ? Array(files.indices) : awards
    }
}
