import Credentials
import Encoding

/// Whether credentials are about one person: by name and year of birth, and by links between
/// the names that a person had.
///
/// `Protocol/verification.md § Supporting documents`. Names are compared byte by byte: another
/// spelling is another name until an authority says that it is not.
struct PersonMatch {
    private let birthYear: Int64?
    private let birthdate: CalendarDate?
    private var names: Set<[UInt8]> = []

    /// - Parameters:
    ///   - main: the credential whose person it is; nothing matches where it did not read.
    ///   - links: those alone that may be used.
    init(_ main: CredentialFrame?, links: [StatementCredential]) {
        birthYear = main?.birthYear
        birthdate = main?.birthdate
        guard let main else { return }
        names = [Array(main.name.utf8)]
        var open = links
        while let place = open.firstIndex(where: joins) {
            let link = open.remove(at: place)
            names.insert(Array(link.name.utf8))
            if let former = link.formerName { names.insert(Array(former.utf8)) }
        }
    }

    func matches(_ credential: IssuedCredential) -> Bool {
        if case .statement(let statement) = credential, statement.kind == .link {
            return joins(statement)
        }
        return isSameBirth(credential.frame) && names.contains(Array(credential.frame.name.utf8))
    }

    private func joins(_ link: StatementCredential) -> Bool {
        guard isSameBirth(link.frame) else { return false }
        return names.contains(Array(link.name.utf8))
            || link.formerName.map { names.contains(Array($0.utf8)) } ?? false
    }

    private func isSameBirth(_ frame: CredentialFrame) -> Bool {
        guard frame.birthYear == birthYear else { return false }
        guard let birthdate, let other = frame.birthdate else { return true }
        return birthdate == other
    }
}
