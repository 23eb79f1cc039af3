import Foundation
import Storage
import TestSupport
import Testing

@Suite struct ChangeWatchTests {
    @Test func marksEachChangeOfAnybody() throws {
        let folder = try TemporaryFolder()
        let database = try LogDatabase(inFolder: folder.path)
        let watch = try ChangeWatch(database)
        var marks = [try watch.mark()]
        #expect(try watch.mark() == marks[0])
        try database.addLog("concord.example/xa", isOwn: true)
        marks.append(try watch.mark())
        _ = try database.read { try $0.logs().count }
        #expect(try watch.mark() == marks[1])
        // Another connection, as another process has it.
        let other = try LogDatabase(inFolder: folder.path)
        try other.addLog("concord.example/xb", isOwn: false)
        marks.append(try watch.mark())
        #expect(Set(marks).count == 3)
    }

    @Test func refusesADatabaseThatIsNotThere() throws {
        let folder = try TemporaryFolder()
        let database = try LogDatabase(inFolder: folder.path)
        try database.close()
        try FileManager.default.removeItem(atPath: database.path)
        #expect(throws: StorageError.self) { _ = try ChangeWatch(database) }
    }
}
