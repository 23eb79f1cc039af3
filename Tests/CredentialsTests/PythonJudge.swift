import Encoding
import Foundation

/// The program in `Tests/OutsideJudge` that asks the Python packages sd-jwt and joserfc.
enum PythonJudge {
    enum Failure: Error { case refused(String) }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    /// Made by `Tests/setup`.
    private static let python = root.appending(path: ".build/judge/bin/python").path

    static let isHere: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", "import joserfc, sd_jwt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// What it answers; it throws what the packages refuse.
    static func ask(_ work: String, _ question: JSONObject) throws -> JSONObject {
        let process = Process()
        let (input, output, complaint) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(filePath: python)
        process.arguments = [root.appending(path: "Tests/OutsideJudge/judge.py").path, work]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        try input.fileHandleForWriting.write(
            contentsOf: Data(JSONValue.object(question).serialized))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        let said = try complaint.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let object = try JSONValue(parsing: Array(answer)).object
        else { throw Failure.refused(String(decoding: said, as: UTF8.self)) }
        return object
    }
}
