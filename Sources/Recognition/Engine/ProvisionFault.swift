import Encoding
public import Registry

/// What an author should be told of a provision before it is published: a purpose that nobody
/// asks for, a predicate that no engine of this version understands.
///
/// `Protocol/entry.md § Admission`. In a log it stays as it is: newer versions may know more.
public struct ProvisionFault: Hashable, Sendable {
    /// The member from the root of the act: `entry[1]`.
    public let member: String
    public let expected: String
    public let found: String
    /// Whether it is understood, and cannot be meant.
    public let isContradictory: Bool

    /// The first fault of a provision.
    public init?(in provision: Provision) {
        let known = Purpose.allCases.map(\.rawValue)
        for (index, purpose) in provision.purposes.enumerated() where !known.contains(purpose) {
            self.init(
                member: "purposes[\(index)]", expected: known.joined(separator: ", "),
                found: purpose)
            return
        }
        for (index, predicate) in provision.entry.enumerated() {
            guard PredicateForm.isUnderstood(predicate) else {
                self.init(predicate, at: "entry[\(index)]")
                return
            }
        }
        for (index, condition) in provision.conditions.enumerated() {
            for predicate in condition.anyOf where !PredicateForm.isUnderstood(predicate) {
                self.init(predicate, at: "conditions[\(index)]")
                return
            }
        }
        return nil
    }

    init(member: String, expected: String, found: String, isContradictory: Bool = false) {
        self.member = member
        self.expected = expected
        self.found = found
        self.isContradictory = isContradictory
    }

    private init(_ predicate: Predicate, at member: String) {
        let members = predicate.members.members.filter { $0.name != "p" }.map {
            "\($0.name) \(String(decoding: $0.value.serialized, as: UTF8.self))"
        }
        self.init(
            member: member,
            expected: "a predicate \(predicate.kind) with the members of "
                + "Protocol/recognition.md, each of its form",
            found: ([predicate.kind] + members).joined(separator: ", "))
    }
}

extension ProvisionFault: CustomStringConvertible {
    public var description: String {
        let objection = isContradictory ? "contradicts the rest of the act" : "is not understood"
        return "the member \(member) \(objection): expected \(expected), found \(found)"
    }
}
