"""The only place that runs a student's code; what comes out of it is numbers and text.

Theory of operation
-------------------
Code that runs in the grader's own process decides its own grade: it can patch a function, return
an object that lies, or write the results file. So it runs in a process of its own that has nothing,
and the grader believes only two things about it: how the kernel says that it ended, and one short
answer in a regular form.

    grader (sandbox, process, verdict) --request, 3 descriptors--> helper --fork--> child
           <------------- how the child ended: status, time, memory ---'             |
           <------------- answer pipe (wire), output pipe ---------------------------'

The *helper* is a clean process that is started once: a literal environment, no path but those of
this package and of NumPy, no descriptor but one socket. It loads every module that code may import
and then cuts itself off (`cutoff`, `lockdown`). From then on it needs no file any more, nor does
any process forked from it: source and answer travel over descriptors. It reads nothing that a
child writes, so there is nothing in it to attack. Nor does it read a source or a name: they travel
together into the child, and how a child ended goes from the kernel's buffer straight to the grader
(`account`). A child runs in none of the helper's frames, and every child starts with the same
things: nothing of an earlier submission, the same luck and the same moment (`world`).

A fork shares memory until one side writes to it, and Python writes nearly everywhere: it counts
references. Copying those pages is most of what a run costs. So whatever can be looked up, built or
learned beforehand happens in the helper (`rehearse` in `child`), and nothing is done after a fork.

The *child* is forked for one run. It sets its limits, gives up what rights are left, and last puts
itself under a system-call filter (`seccomp`) that leaves it its memory, its two pipes and the
clock. Only then does it read the student's code. It says "ready", compiles and runs the code, turns
what is returned into numbers (`values`) and writes them down (`child`, `wire`). It leaves through a
function that looks up no name (`leaving`), since by then every name may be the code's. Where NumPy
wants to load a part of itself that is missing, the child says which and ends, and the code runs
again in a child that has it (`late`). Compiling is part of the run: a source can be an attack on
the compiler.

The *grader* drains both pipes to a cap, and judges by the helper's account first: a limit beats an
answer that was already written (`verdict`). The answer is read by one regular expression; nothing
that a child made is ever opened, listed, unpickled or evaluated. A student's code can write to the
answer pipe itself, which is no better than returning the numbers: the score is out of its reach.

Which walls are in place
-----------------
Always: resource limits, no new privileges, the filter, and processes that cannot be traced. Where
the kernel has it: Landlock. As the machine allows: namespaces with an empty root, or an empty root
folder and a user id of its own, or neither (`cutoff` has the list). The filter and the limits alone
stop every known attack; the other walls are there for the day when one of these two has a hole.
The arrangement is proved before it is used: a child like any other tries to break out (`probes`),
and if anything gets through, no code is run. Nothing overrides that.

Why not bubblewrap
------------------
It would start a fresh interpreter in namespaces for every run, 75 ms with NumPy, or wrap the
helper, which then keeps Python's files in its root: bubblewrap arranges a root before the program
starts, and ours is empty because the modules are already loaded by then. It must be installed,
it does nothing where a container forbids namespaces, and the filter, the limits and the protocol
would have to be written all the same. What remains of its part is four system calls in `cutoff`.

Faults
------
A helper that dies, hangs or cannot fork says nothing about the code: the run is tried once more
with a new helper, then it is the grader's fault, never the student's zero. Ctrl-C reaches only the
grader, since the helper has a session of its own; the helper ends when the socket does.

Sources: Linux's documentation of seccomp, Landlock and namespaces; pivot_root(2); the designs of
IOI's isolate, DMOJ's judge and INGInious, and what was broken in them and others: nearly always
the trusted side opening what the contained side had left.
"""
