/* remains.c - a server's processes are found by their working directory, which is its data
 * directory: that stays true when the postmaster was killed and its busy backends have not noticed.
 */
#include "cluster/remains.h"

#include "base/files.h"

#include <dirent.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/shm.h>
#include <unistd.h>

#define PID_FILE_LIMIT 4096
#define SEGMENT_LINE   6 /* of postmaster.pid, from 0: "key id" of the shared memory */
#define QUIT_MS        5000
#define KILL_MS        2000
#define STEP_MS        10

static bool
works_in(pid_t process, const char *data)
{
    g_autofree char *link = g_strdup_printf("/proc/%d/cwd", (int)process);
    g_autofree char *place = g_file_read_link(link, NULL);
    g_autofree char *removed = g_strconcat(data, " (deleted)", NULL);
    return place != NULL && (g_str_equal(place, data) || g_str_equal(place, removed));
}

/* Signals every process that works in the folder; returns how many there are. */
static unsigned
signal_all(const char *data, int signal_number)
{
    unsigned count = 0;
    DIR *stream = opendir("/proc");
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        pid_t process = (pid_t)strtol(entry->d_name, NULL, 10);
        if (process > 1 && process != getpid() && works_in(process, data)) {
            kill(process, signal_number);
            count++;
        }
    }
    if (stream != NULL)
        closedir(stream);
    return count;
}

/* SIGQUIT ends postmaster and backends in an orderly way; SIGKILL what does not obey. */
static void
end_processes(const char *data)
{
    static const struct {
        int signal_number;
        int patience;
    } steps[] = {{SIGQUIT, QUIT_MS}, {SIGKILL, KILL_MS}};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        if (signal_all(data, steps[i].signal_number) == 0)
            return;
        for (int waited = 0; waited < steps[i].patience; waited += STEP_MS) {
            if (signal_all(data, 0) == 0)
                return;
            poll(NULL, 0, STEP_MS);
        }
    }
}

/* The segment's number in postmaster.pid; -1 when there is none (any more). */
static int
read_segment(const char *data)
{
    g_autofree char *path = g_build_filename(data, "postmaster.pid", NULL);
    GString *text = NULL;
    if (!file_read(path, PID_FILE_LIMIT, &text, NULL))
        return -1;
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_string_free(text, TRUE);
    int segment = -1;
    if (g_strv_length(lines) > SEGMENT_LINE) {
        g_auto(GStrv) words = g_strsplit_set(g_strstrip(lines[SEGMENT_LINE]), " \t", -1);
        guint count = g_strv_length(words);
        if (count > 1)
            segment = (int)strtol(words[count - 1], NULL, 10);
    }
    return segment;
}

/* Only one of this user to which no process is attached. */
static void
remove_segment(int segment)
{
    struct shmid_ds status;
    if (segment >= 0 && shmctl(segment, IPC_STAT, &status) == 0 && status.shm_nattch == 0 &&
        status.shm_perm.uid == geteuid())
        shmctl(segment, IPC_RMID, NULL);
}

void
remains_bury(const char *folder)
{
    g_autofree char *data = g_build_filename(folder, "data", NULL);
    int segment = read_segment(data);
    end_processes(data);
    remove_segment(segment);
    tree_remove(folder, NULL); /* what could not be removed waits for the next sweep */
}
