public import Credentials
import Encoding
import Recognition
public import Registry

/// Which acts a question needs: the subjects for which knowledge must be complete.
///
/// `Protocol/verification.md § Knowledge`.
public struct VerificationSubjects: Hashable, Sendable {
    public let all: Set<String>
    /// The target of the question, or the occupations of the qualification where it names none.
    public let target: Target

    /// - Parameter home: the home log's state, from which the qualification's occupations come.
    public init(
        of credential: IssuedCredential, question: VerificationQuestion, home: LogState?
    ) {
        var subjects: Set<String> = [credential.frame.issuer, credential.frame.country]
        var qualification: Qualification?
        // What happens to a body concerns the campus to which it delegated.
        subjects.formUnion(home?.delegators(of: credential.frame.issuer) ?? [])
        if case .award(let award) = credential {
            subjects.insert(award.qualification)
            qualification = home.flatMap { IssuerFinding.qualification(of: award, in: $0) }
            // Any of its occupations may be regulated.
            subjects.formUnion((qualification?.isco08 ?? []).map { "isco:\($0)" })
        }
        if case .statement(let statement) = credential {
            // What a decision says that it rests on may have been declared void.
            subjects.formUnion(
                (statement.statement["uses"]?.array ?? []).compactMap {
                    $0.object?["body"]?.string
                })
        }
        var values = question.target.values
        if values["occ"] == nil, let occupation = qualification?.isco08.first {
            values["occ"] = occupation
        }
        target = Target(values)
        subjects.formUnion(target.subjects)
        if let destination = question.destination {
            // What is stated for a country binds its parts.
            let country = destination.split(separator: "-", maxSplits: 1).first.map(String.init)
            subjects.formUnion([destination, country ?? destination])
        }
        all = subjects
    }
}
