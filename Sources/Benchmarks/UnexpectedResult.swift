/// What was measured did not do what it was measured for: no figure is made of wrong answers.
struct UnexpectedResult: Error, CustomStringConvertible {
    let expected: String
    let found: String

    var description: String { "expected \(expected), found \(found)" }
}
