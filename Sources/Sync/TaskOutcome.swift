/// What one task of a group came to.
///
/// A reference: as a value with a typed error, a group's result was copied from freed memory in
/// optimised builds (Swift 6.3.1).
final class TaskOutcome<Value: Sendable>: Sendable {
    let result: Result<Value, SyncError>

    init(_ result: Result<Value, SyncError>) { self.result = result }
}
