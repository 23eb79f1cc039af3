import Foundation
import Testing

/// The fonts that a page of PDF carries, as `pdffonts` of poppler names them.
enum PageFonts {
    static func names(in page: [UInt8]) throws -> [String] {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "concord-page-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(page).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["pdffonts", file.path]
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return text.split(separator: "\n").dropFirst(2)
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }
}
