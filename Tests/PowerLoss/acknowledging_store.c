// A store that says "stored N" after each of ten commits, for the control of the tests: with
// synchronous=FULL no loss of power takes back what was said; with NORMAL some does, and the
// test must see it.
//
//   acknowledging_store FILE FULL|NORMAL     stores and says so
//   acknowledging_store FILE count           how many are there
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void run(sqlite3 *database, const char *sql) {
    char *complaint = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &complaint) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, complaint);
        exit(1);
    }
}

static int print(void *unused, int count, char **values, char **names) {
    (void)unused, (void)count, (void)names;
    printf("%s\n", values[0]);
    return 0;
}

int main(int count, char **arguments) {
    sqlite3 *database;
    if (count != 3 || sqlite3_open(arguments[1], &database) != SQLITE_OK) return 2;
    run(database, "PRAGMA journal_mode = WAL");
    if (strcmp(arguments[2], "count") == 0) {
        run(database, "CREATE TABLE IF NOT EXISTS act (number INTEGER PRIMARY KEY)");
        return sqlite3_exec(database, "SELECT count(*) FROM act", print, NULL, NULL);
    }
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA synchronous = %s", arguments[2]);
    run(database, sql);
    run(database, "CREATE TABLE IF NOT EXISTS act (number INTEGER PRIMARY KEY)");
    for (int number = 1; number <= 10; number++) {
        snprintf(sql, sizeof sql, "INSERT INTO act VALUES (%d)", number);
        run(database, sql);
        printf("stored %d\n", number);
        fflush(stdout);
    }
    return sqlite3_close(database) == SQLITE_OK ? 0 : 1;
}
