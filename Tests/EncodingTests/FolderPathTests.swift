import Encoding
import Testing

@Suite struct FolderPathTests {
    @Test(arguments: [
        ("e", "."), ("", "."), ("e/", "."), ("./e", "."), ("a/e", "a"), ("a//e//", "a"),
        ("/e", "/"), ("/", "/"), ("//", "/"), ("//e", "/"), ("/a/e", "/a"), ("../e", ".."),
        ("é", "."), ("ÿ/é", "ÿ"),
    ])
    func findsTheFolderOfAPath(_ path: String, _ folder: String) {
        #expect(FolderPath(of: path).text == folder)
    }
}
