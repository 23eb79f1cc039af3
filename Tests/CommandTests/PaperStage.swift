import Encoding
import Foundation
import TestSupport
import Testing

/// Certificates on paper: issued, printed, and photographed, by the built programs.
struct PaperStage {
    let stage: AwardStage
    /// The records of the two awards.
    let ids: [String]

    init() throws {
        stage = try AwardStage()
        try stage.issue(0, to: stage.path("out"))
        let list = String(decoding: try stage.bytes("out/records.txt"), as: UTF8.self)
        ids = list.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    }

    var node: [String] { ["--node", stage.path("node")] }
    var key: [String] { ["--key", stage.path("\(AwardStage.centre).key")] }

    @discardableResult
    func print(
        _ arguments: [String], to folder: String = "paper", code: Int32 = 0,
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            ["print"] + arguments + ["--out", stage.path(folder)] + node
                + (arguments.contains("--key") ? [] : stage.byRegistrar()), at: place)
    }

    @discardableResult
    func verify(
        _ code: Int32, _ file: String, _ more: [String] = [],
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(code, ["verify", stage.path(file)] + more + node, at: place)
    }

    /// The first page of a PDF as a picture; `-png` or `-jpeg`.
    func photograph(_ page: String, _ kind: String, to picture: String) throws {
        try Self.tool(
            "pdftocairo",
            [kind, "-singlefile", "-r", "200", stage.path(page), stage.path(picture)])
    }

    static func tool(_ name: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(name)")
    }

    /// A page that looks like ours and carries something else, drawn by `concord-paper`.
    func draw(code: String, name: String, to file: String) throws {
        let texts: JSONObject = [
            "language": "en", "direction": "ltr", "title": "Certificate", "country": "Sample",
            "accredited": "accredited by nobody", "body": "Sample", "certifies": "This says that",
            "born": "born in 1999", "awarded": "has", "qualification": "Welder", "by": "by nobody",
            "details": [], "how": "How", "check": "Not", "compare": "At all", "record": "-",
            "notices": [],
        ]
        let sheet: JSONValue = [
            "countryCode": "XX", "name": .string(name), "code": .string(code), "isSample": false,
            "texts": [.object(texts)],
        ]
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = ConcordProcess.binary.deletingLastPathComponent()
            .appending(path: "concord-paper")
        process.arguments = ["print"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(sheet.serialized + [0x0A]))
        try input.fileHandleForWriting.close()
        let answer = try #require(try output.fileHandleForReading.readToEnd())
        let end = try #require(answer.firstIndex(of: 0x0A))
        #expect(String(decoding: answer[..<end], as: UTF8.self).hasPrefix("ok "))
        try answer[(end + 1)...].write(to: URL(filePath: stage.path(file)))
    }

    /// The text of the code of a printed page, as `concord-paper` reads it.
    func code(in file: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = ConcordProcess.binary.deletingLastPathComponent()
            .appending(path: "concord-paper")
        process.arguments = ["read", "60"]
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: stage.path(file)))
        process.standardOutput = output
        try process.run()
        let answer = try #require(try output.fileHandleForReading.readToEnd())
        let end = try #require(answer.firstIndex(of: 0x0A))
        let texts = try JSONValue(parsing: Array(answer[(end + 1)...])).array
        return try #require(texts?.first?.string)
    }
}
