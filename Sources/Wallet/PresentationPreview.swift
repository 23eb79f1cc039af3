public import Credentials
import Encoding
public import Language
public import Verification

/// What will be shown to whom, in the holder's language, before anything is written.
///
/// Made of the presentation itself, read as its receiver will read it: nothing is shown that
/// does not stand here.
public struct PresentationPreview: Sendable {
    /// One certificate and what of it is shown.
    public struct Item: Sendable {
        public let certificate: WalletCertificate
        public let presented: SDJWT

        public init(_ certificate: WalletCertificate, presented: SDJWT) {
            self.certificate = certificate
            self.presented = presented
        }
    }

    private let request: PresentationRequest?
    private let asker: Asker?
    private let items: [Item]
    private let claims: ClaimLines
    private var catalogue: Catalogue { claims.catalogue }

    /// - Parameter asker: who asks, as a trusted log says; nil for an unknown asker.
    public init(
        _ items: [Item], request: PresentationRequest?, asker: Asker?, in catalogue: Catalogue
    ) {
        self.items = items
        self.request = request
        self.asker = asker
        claims = ClaimLines(catalogue: catalogue)
    }

    public func text() throws(CredentialError) -> String {
        var lines = catalogue.notices + heading.map { catalogue.text(of: $0) }
        for (index, item) in items.enumerated() {
            lines.append("")
            lines.append(
                catalogue.text(
                    of: Message(
                        .previewCertificate,
                        [
                            "number": .number(Int64(index + 1)),
                            "title": .text(ClaimText.shown(.string(item.certificate.title))),
                        ])))
            lines += try self.lines(item)
        }
        lines.append("")
        if items.count > 1 { lines.append(catalogue.text(.previewLinked)) }
        lines.append(catalogue.text(.previewCopies))
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: [Message] {
        guard let request else { return [Message(.previewUnasked)] }
        var messages: [Message] = []
        if let asker {
            messages.append(
                Message(
                    .previewAskerKnown,
                    [
                        "name": .text(asker.name), "id": .text(asker.id),
                        "country": .text(asker.country), "origin": .text(asker.origin),
                    ]))
        } else {
            messages.append(
                Message(.previewAskerUnknown, ["audience": .text(request.audience)]))
        }
        if let question = request.question {
            var parts: [Message.Argument] = [.text(question.destination)]
            if let purpose = question.purpose {
                parts.append(
                    MessageKey(named: "purpose.\(purpose)").map { .message($0) }
                        ?? .text(purpose))
            }
            if let occupation = question.occupation { parts.append(.text("ISCO \(occupation)")) }
            messages.append(Message(.previewQuestion, ["question": .list(parts, .comma)]))
        }
        messages.append(Message(.previewUntil, ["time": .time(request.expires)]))
        return messages
    }

    private func lines(_ item: Item) throws(CredentialError) -> [String] {
        let shown = try item.presented.processed()
        let disclosed = Set(shown.disclosedNames)
        let own = shown.object.members.filter { disclosed.contains($0.name) }
        let plain = shown.object.members.filter { !disclosed.contains($0.name) }
        var lines = ["  " + catalogue.text(.previewShown)] + claims.lines(own)
        lines += ["  " + catalogue.text(.previewPlain)] + claims.lines(plain)
        let technical = claims.technicalNames(shown.object.members)
        lines.append(
            "  "
                + catalogue.text(
                    of: Message(
                        .previewTechnical, ["names": .list(technical.map { .text($0) }, .comma)])))
        let shownPaths = try item.presented.disclosurePaths()
        let kept = try item.certificate.file.credential.disclosurePaths()
            .filter { !shownPaths.contains($0) }
        let asked = request?.ask.filter { $0.value(in: shown.object) == nil } ?? []
        let whole = try item.certificate.file.credential.processed().object
        let absent = asked.filter { $0.value(in: whole) == nil }
        for (key, paths) in [
            (MessageKey.previewKept, kept), (.previewAsked, asked.filter { !absent.contains($0) }),
            (.previewAbsent, absent),
        ] {
            if let names = claims.list(paths) {
                lines.append("  " + catalogue.text(of: Message(key, ["names": names])))
            }
        }
        return lines
    }
}
