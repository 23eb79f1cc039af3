/// One member of a verdict that is not as expected, or not as before: all three as they stand in
/// case files.
public struct CaseDifference: Hashable, Sendable {
    public let name: String
    /// What a case expects, or what was found without the draft.
    public let expected: String
    public let found: String
}
