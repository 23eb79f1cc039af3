public import Cryptography
public import Language

/// The text of a recovery sheet, to print on one page and to keep apart
/// (`Protocol/keys.md § Recovery sheets`).
public struct RecoverySheet: Sendable {
    private let code: RecoveryCode
    private let fingerprint: Fingerprint
    private let catalogue: Catalogue

    public init(_ key: SigningKey, in catalogue: Catalogue) {
        code = RecoveryCode(of: key)
        fingerprint = Fingerprint(of: key.verificationKey.bytes)
        self.catalogue = catalogue
    }

    public var text: String {
        var lines = catalogue.notices
        lines += [catalogue.text(.sheetTitle), ""]
        lines += [catalogue.text(.sheetKeep), catalogue.text(.sheetNobody), ""]
        for start in stride(from: 0, to: code.groups.count, by: 2) {
            let pair = (start..<(start + 2)).map { index in
                let number = index + 1 < 10 ? " \(index + 1)" : "\(index + 1)"
                return "\(number)  \(code.groups[index])"
            }
            lines.append(catalogue.isolated("    " + pair.joined(separator: "       ")))
        }
        let command = Message.Argument.text("concord wallet restore --sheet FILE")
        let print = Message.Argument.text(fingerprint.description)
        lines += [
            "", catalogue.text(.sheetMistake),
            catalogue.text(of: Message(.sheetKey, ["fingerprint": print])),
            catalogue.text(of: Message(.sheetRestore, ["command": command])),
            catalogue.text(.sheetContent),
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}
